namespace Kindred.Cli.Tests.BadInput;

/// <summary>Embeddings that cannot be imported.</summary>
internal static class MalformedEmbeddings
{
    private const string Array = "import --out {out} --ids {two-ids} --embeddings {file.npy}";
    private const string Table = "import --out {out} --embeddings {file.csv}";
    private const string Ids = "import --out {out} --embeddings {two-vectors} --ids {file.csv}";
    private const string Cannot = "cannot be imported";
    private const string Remedy = "np.save('vectors.npy'";

    public static IReadOnlyList<Malformed> All { get; } =
    [
        // NumPy.
        new("an empty array file", Array, 42, "", Cannot, "the file is empty", Remedy),
        new("six bytes of an array", Array, 42, NumpyBytes.Of("x")[..6], "its header is not that of a NumPy array"),
        new("text that is called an array", Array, 42, "user_id,e0\na,1\n", "its header is not that of a NumPy array"),
        new("an array of version 9", Array, 42, NumpyBytes.WithVersion(9, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", new byte[16]), "its header is not that of a NumPy array"),
        new("an array whose header is cut off", Array, 42, NumpyBytes.Floats("2, 2", 1, 2, 3, 4)[..30], "its header is not that of a NumPy array"),
        new("an array whose header is longer than the file", Array, 42, FileContent.Bytes([0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. "{}"u8]), "its header is not that of a NumPy array"),
        new("an array without a shape", Array, 42, NumpyBytes.Of("{'descr': '<f4', 'fortran_order': False, }", new byte[16]), "its header is not that of a NumPy array"),
        new("an array of Python objects", Array, 42, NumpyBytes.Of("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", new byte[16]), "'|O'", "float16, float32 or float64"),
        new("an array with the big end first", Array, 42, NumpyBytes.Of("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 2), }", new byte[16]), "'>f4'"),
        new("an array of integers", Array, 42, NumpyBytes.Of("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 2), }", new byte[32]), "'<i8'"),
        new("an array of records", Array, 42, NumpyBytes.Of("{'descr': [('id', '<i8'), ('e', '<f4')], 'fortran_order': False, 'shape': (2,), }", new byte[24]), "its header is not that of a NumPy array"),
        new("an array by columns", Array, 42, NumpyBytes.Of("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", new byte[16]), "Fortran order"),
        new("an array of one axis", Array, 42, NumpyBytes.Floats("4,", 1, 2, 3, 4), "it has 1 axis", "[users × dimension]"),
        new("an array of three axes", Array, 42, NumpyBytes.Floats("2, 2, 1", 1, 2, 3, 4), "it has 3 axes"),
        new("an array of no axis", Array, 42, NumpyBytes.Floats("", 1), "it has 0 axes"),
        new("an array without rows", Array, 42, NumpyBytes.Floats("0, 4"), "it has no rows"),
        new("an array of no columns", Array, 42, NumpyBytes.Floats("2, 0"), "its rows have 0 numbers"),
        new("an array of 5,000 columns", Array, 42, NumpyBytes.Floats("2, 5000", new float[10_000]), "its rows have 5,000 numbers", "1 to 4,096"),
        new("an array of a negative length", Array, 42, NumpyBytes.Floats("-2, 2", 1, 2, 3, 4), "its header is not that of a NumPy array"),
        new("an array of more rows than a number can say", Array, 42, NumpyBytes.Floats("99999999999999999999, 2", 1, 2), "its header is not that of a NumPy array"),
        new("an array of as many rows as a number can say", Array, 42, NumpyBytes.Floats("9223372036854775807, 4096", 1, 2), "it is cut off or damaged"),
        new("an array that is cut off", Array, 42, NumpyBytes.Floats("2, 2", 1, 2, 3), "needs", "it is cut off or damaged"),
        new("an array that goes on", Array, 42, NumpyBytes.Floats("2, 2", 1, 2, 3, 4, 5), "it is cut off or damaged"),
        new("an array with NaN", Array, 42, NumpyBytes.Floats("2, 2", 1, 2, float.NaN, 4), "NaN", "'b'"),
        new("an array with an infinite number", Array, 42, NumpyBytes.Floats("2, 2", 1, float.PositiveInfinity, 3, 4), "infinite", "'a'"),
        new("an archive of arrays", "import --out {out} --ids {two-ids} --embeddings {file.npz}", 42, "PK\u0003\u0004", "archive of arrays (np.savez)"),

        // Ids that belong to an array.
        new("fewer ids than rows", Ids, 42, "user_id\na\n", "has 1 ids", "has 2 rows", "write them together"),
        new("more ids than rows", Ids, 42, "user_id\na\nb\nc\nd\n", "has 4 ids", "has 2 rows"),
        new("a header that is taken for an id", Ids, 42, "person\na\nb\n", "has 3 ids", "--user-column"),
        new("an id twice", Ids, 42, "user_id\na\na\n", "line 3", "'a'"),
        new("an id of an array of no bytes", Ids, 42, "user_id,x\na,1\n,2\n", "line 3, column 'user_id': the id is empty"),

        // Tables.
        new("embeddings of different dimensions", Table, 42, "user_id,e0,e1\na,1,2\nb,1\n", "line 3", "2 values", "3 columns"),
        new("an embedding with NaN", Table, 42, "user_id,e0,e1\na,1,2\nb,NaN,1\n", "line 3, column 'e0'", "'b'", "no finite float32"),
        new("an embedding with an infinite number", Table, 42, "user_id,e0\na,Infinity\n", "line 2, column 'e0'", "no finite float32"),
        new("an embedding beyond float32", Table, 42, "user_id,e0\na,1e300\n", "line 2, column 'e0'", "no finite float32"),
        new("an embedding with a gap", Table, 42, "user_id,e0,e1\na,1,\n", "line 2, column 'e1'", "not a number"),
        new("an embedding with a word", Table, 42, "user_id,e0,e1\na,1,many\n", "line 2, column 'e1'", "'many'", "--embedding-columns"),
        new("a user with two embeddings", Table, 42, "user_id,e0\na,1\nb,2\na,1\n", "line 4", "'a'"),
        new("a table without embeddings", Table, 42, "user_id,country\na,HU\n", "0 columns would hold the embedding", "--embedding-columns"),
        new("a table of 5,000 numbers a user", Table, 42, "user_id," + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"e{i}")) + "\n", "5,000 columns would hold the embedding", "1 to 4,096"),
    ];
}
