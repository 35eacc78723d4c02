namespace Kindred.Data.Tests.Experiments;

/// <summary>A row of a log as stored in a file.</summary>
internal sealed record LogRow(string Unit, string Time, string Arm, string Kind, string Id, string Amount, string Items, string Country, string Device, string Age)
{
    public const string Header = "unit,time,arm,kind,id,amount,items,country,device,age";

    /// <summary>The number of its file and its line or row in it.</summary>
    public int File { get; init; }

    public long Line { get; init; }

    public string Place { get; init; } = "";

    /// <summary>The row in a file without some columns.</summary>
    public LogRow Without(params string[] columns)
    {
        string[] cells = [.. Header.Split(',').Select(column => columns.Contains(column) ? "" : Cell(column))];
        return new LogRow(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9]) { File = File, Line = Line, Place = Place };
    }

    public string Cell(string column) => column switch
    {
        "unit" => Unit,
        "time" => Time,
        "arm" => Arm,
        "kind" => Kind,
        "id" => Id,
        "amount" => Amount,
        "items" => Items,
        "country" => Country,
        "device" => Device,
        "age" => Age,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };
}
