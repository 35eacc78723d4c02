using System.Text;
using Kindred.Data.Tables;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>Writes a simulated delivery as the log of an experiment.</summary>
internal sealed class SimulatedLog : IDisposable
{
    private static readonly byte[][] _kinds = [.. Enum.GetValues<DeliveryEventKind>().Select(kind => Encoding.UTF8.GetBytes(NameOf(kind)))];

    private readonly TableWriter _table;
    private readonly IReadOnlyList<byte[]> _ids;
    private readonly IReadOnlyList<byte[]> _countries;
    private readonly AdDelivery _delivery;
    private readonly byte[][] _arms;
    private readonly byte[][] _advertisers;
    private readonly byte[][] _seedSizes;

    /// <param name="file">The file to write.</param>
    /// <param name="world">The world.</param>
    /// <param name="delivery">The delivery whose events are written.</param>
    /// <param name="ids">[users] The ids of <see cref="AdDelivery.Users"/>.</param>
    /// <param name="arms">Names of the arms.</param>
    public SimulatedLog(string file, World world, AdDelivery delivery, IReadOnlyList<byte[]> ids, IReadOnlyList<string> arms)
    {
        (_delivery, _ids) = (delivery, ids);
        _countries = [.. world.Countries.Select(Encoding.UTF8.GetBytes)];
        _arms = [.. arms.Select(Encoding.UTF8.GetBytes)];
        _advertisers = [.. world.Advertisers.Select(advertiser => Encoding.UTF8.GetBytes(advertiser.Name))];
        _seedSizes = [.. world.Advertisers.Select(advertiser => Encoding.UTF8.GetBytes(SeedSize(advertiser.SeedCount)))];
        _table = TableWriter.Create(file,
        [
            new("user_id", ColumnType.Text), new("time", ColumnType.Int64), new("arm", ColumnType.Text), new("event", ColumnType.Text),
            new("value", ColumnType.Float32, Optional: true), new("advertiser", ColumnType.Text, Optional: true),
            new("country", ColumnType.Text, Optional: true), new("seed_size", ColumnType.Text, Optional: true),
        ]);
    }

    /// <summary>The number of written rows.</summary>
    public long Rows => _table.Rows;

    /// <summary>The name of a kind of event in a log.</summary>
    public static string NameOf(DeliveryEventKind kind) => kind switch
    {
        DeliveryEventKind.Impression => "impression",
        DeliveryEventKind.Click => "click",
        DeliveryEventKind.GoodClick => "good_click",
        DeliveryEventKind.Hide => "hide",
        _ => "purchase",
    };

    /// <summary>Writes that a user entered the test.</summary>
    public void WriteExposure(int user, int arm)
    {
        Begin(user, _delivery.Start, arm, "exposure"u8);
        _table.WriteMissing();
        _table.WriteMissing();
        _table.Write(_countries[_delivery.Users[user].CountryNumber]);
        _table.WriteMissing();
        _table.EndRow();
    }

    /// <summary>Writes an event.</summary>
    public void Write(DeliveryEvent happened)
    {
        Begin(happened.User, happened.Time, happened.Arm, _kinds[(int)happened.Kind]);
        if (happened.Kind is DeliveryEventKind.Impression or DeliveryEventKind.Purchase) _table.Write(happened.Value);
        else _table.WriteMissing();
        _table.Write(_advertisers[happened.Advertiser]);
        _table.Write(_countries[_delivery.Users[happened.User].CountryNumber]);
        _table.Write(_seedSizes[happened.Advertiser]);
        _table.EndRow();
    }

    /// <summary>Ends the file.</summary>
    public void Complete() => _table.Complete();

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    private static string SeedSize(int seeds) => seeds switch
    {
        < 1_000 => "hundreds",
        < 10_000 => "thousands",
        < 100_000 => "tens of thousands",
        _ => "hundreds of thousands",
    };

    private void Begin(int user, long time, int arm, ReadOnlySpan<byte> kind)
    {
        _table.Write(_ids[user]);
        _table.Write(time);
        _table.Write(_arms[arm]);
        _table.Write(kind);
    }
}
