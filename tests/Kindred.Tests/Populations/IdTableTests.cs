using System.Text;
using Kindred.Populations;

namespace Kindred.Tests.Populations;

public sealed class IdTableTests
{
    [Fact]
    public void Numbers_ids_as_a_dictionary_does() =>
        Gen.Int[0, 3_000].Select(i => $"user {i}").Array[0, 5_000].Sample(ids =>
        {
            var table = new IdTable();
            var expected = new Dictionary<string, int>();
            foreach (var id in ids)
            {
                if (!expected.TryGetValue(id, out var number)) expected.Add(id, number = expected.Count);
                Assert.Equal(number, table.GetOrAdd(Encoding.UTF8.GetBytes(id)));
            }

            Assert.Equal(expected.Count, table.Count);
            Assert.All(expected, pair => Assert.Equal(pair.Value, table.Find(Encoding.UTF8.GetBytes(pair.Key))));
            Assert.Equal(-1, table.Find("nobody"u8));
            Assert.Equal(expected.Keys, Enumerable.Range(0, table.Count).Select(table.ToList().GetString));
        }, iter: 20);

    [Fact]
    public void Long_and_empty_ids_are_stored_unchanged()
    {
        var table = new IdTable();
        string[] ids = ["", new string('x', 5_000), new string('é', 128), "\0", "\0\0"];
        foreach (var id in ids) table.GetOrAdd(Encoding.UTF8.GetBytes(id));
        Assert.Equal(ids, Enumerable.Range(0, table.Count).Select(table.ToList().GetString));
    }

    [Fact]
    public void A_list_selects_ids_in_any_order()
    {
        var list = IdList.From(["b", "", "äö", "a"]);
        var selected = list.Select([2, 0, 0, 1]);
        Assert.Equal(["äö", "b", "b", ""], Enumerable.Range(0, selected.Count).Select(selected.GetString));
        Assert.Equal(0, IdList.Empty.Count);
    }
}
