namespace Kindred.Pipeline.Store;

/// <summary>The names of outputs of tasks.</summary>
internal static class OutputNames
{
    /// <summary>The prefix of member outputs.</summary>
    public const string MembersPrefix = "members-";

    /// <summary>The name of the output of a task on one shard.</summary>
    public static string OfShard(string name, int shard) => FormattableString.Invariant($"{name}-{shard:D5}");
}
