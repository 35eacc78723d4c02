namespace Kindred.Experiments.Reduction;

/// <summary>All records of one unit, by time, then position, with their uses.</summary>
internal sealed class UnitRecords(RecordLayout layout)
{
    private ulong[] _records = new ulong[64 * layout.Words];
    private RecordUse[] _uses = new RecordUse[64];

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> this[int record] => _records.AsSpan(record * layout.Words, layout.Words);

    public Span<RecordUse> Uses => _uses.AsSpan(0, Count);

    /// <summary>Collects the records of one unit.</summary>
    /// <param name="records">Records of a partition.</param>
    /// <param name="order">The numbers of the unit's records.</param>
    public void Gather(ulong[] records, ReadOnlySpan<int> order)
    {
        var words = layout.Words;
        if ((long)order.Length * words > Array.MaxLength) throw TooMany(order.Length);
        if (order.Length > _uses.Length)
        {
            var room = (int)Math.Min(Array.MaxLength / words, 2L * order.Length);
            (_records, _uses) = (new ulong[room * words], new RecordUse[room]);
        }

        Count = order.Length;
        var at = 0;
        foreach (var record in order)
        {
            var from = (nint)record * words;
            for (var i = 0; i < words; i++) _records[at++] = records[from + i];
        }

        Uses.Clear();
    }

    private static KindredException TooMany(int records) => new(ErrorKind.BadInput, "unit_has_too_many_rows",
        $"One unit has {records:N0} rows, more than fit in memory at once.",
        "Check that the unit column identifies single units. If it does, exclude this unit.")
    {
        Values = new Dictionary<string, object?> { ["rows"] = records },
    };
}
