using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Inputs;

public sealed class UserReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Users_are_in_ordinal_order_with_all_their_columns()
    {
        var input = UserReader.Read(
        [
            _folder.Text("a.csv", "user_id,country,active,plan\nz,US,1,free\nb,DE,false,\n"),
            _folder.Text("b.csv", "plan,user_id,active,country\npaid,é,TRUE,DE\nfree,B,0,\n"),
        ]);
        var users = input.Users;
        Assert.Equal(["B", "b", "z", "é"], InteractionReaderTests.Names(users.Ids));
        Assert.Equal(["", "DE", "US"], users.Countries);
        Assert.Equal([0, 1, 2, 1], users.CountryOf);
        Assert.Equal<byte>([0, 0, 1, 1], users.Active);
        Assert.Equal(["plan"], users.Attributes.Keys);
        Assert.Equal<string?>(["free", null, "free", "paid"], users.Attributes["plan"]);
        Assert.True(input.SaysWhoIsActive);
    }

    [Fact]
    public void A_user_may_be_repeated_only_with_the_same_values()
    {
        var same = UserReader.Read([_folder.Text("same.csv", "user_id,plan\na,x\na,x\n")]);
        Assert.Equal((1, 2L, 1L), (same.Users.Ids.Count, same.Rows, same.DuplicateRows));

        var file = _folder.Text("other.csv", "user_id,plan\na,x\nb,x\na,y\n");
        var error = Assert.ThrowsAny<KindredException>(() => UserReader.Read([file]));
        Assert.Equal(ErrorKind.BadInput, error.Kind);
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("Keep one row per user", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_active_column_must_say_yes_or_no()
    {
        var error = Assert.ThrowsAny<KindredException>(() => UserReader.Read([_folder.Text("a.csv", "user_id,active\na,maybe\n")]));
        Assert.Contains("line 2, column 'active': 'maybe' is none of 1, 0, true, false", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HU ", "the country 'HU ' starts or ends with white space. Countries are compared byte for byte")]
    [InlineData("\tHU", "the country '\\x09HU' starts or ends with white space")]
    [InlineData("{long}", "has 129 bytes in UTF-8. Countries have at most 128 bytes: write its code")]
    public void An_error_about_a_country_calls_it_a_country(string country, string says)
    {
        country = country.Replace("{long}", new string('H', 129), StringComparison.Ordinal);
        var error = Assert.Throws<RowException>(() => UserReader.Read([_folder.Text("a.csv", $"user_id,country\na,HU\nb,\nc,{country}\n")]));
        Assert.Contains("line 4, column 'country': the country '", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Activity_comes_from_the_column_or_from_timestamps_or_defaults_to_all()
    {
        var timed = _folder.Text("i.csv", "user_id,item_id,timestamp\na,x,2024-03-31\nb,x,2024-03-01\nc,x,2024-02-29\n");
        var untimed = InteractionReader.Read([_folder.Text("n.csv", "user_id,item_id\na,x\nb,x\n")]);
        var said = UserReader.Read([_folder.Text("u.csv", "user_id,active\na,0\nb,1\nc,1\nd,0\n")]);
        var withoutActivity = UserReader.Read([_folder.Text("v.csv", "user_id\na\nb\nc\nd\n")]);

        Assert.Equal<byte>([0, 1, 1, 0], UserTables.Build(said, InteractionReader.Read([timed], said.Users)).Active);
        Assert.Equal<byte>([1, 1, 0, 0], UserTables.Build(withoutActivity, InteractionReader.Read([timed], withoutActivity.Users)).Active);
        Assert.Equal<byte>([1, 0, 0, 0], UserTables.Build(withoutActivity, InteractionReader.Read([timed], withoutActivity.Users), activeDays: 29).Active);
        Assert.Equal<byte>([1, 1, 0], UserTables.Build(null, InteractionReader.Read([timed])).Active);
        Assert.Equal<byte>([1, 1], UserTables.Build(null, untimed).Active);
        Assert.Equal<byte>([1, 1, 1, 1], UserTables.Build(withoutActivity, null).Active);
    }
}
