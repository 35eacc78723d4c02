using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kindred.Embeddings;
using Kindred.Networks.Mlp;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.Tests.Embeddings;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Conformance;

/// <summary>One hash over the bits of all numerical results: kernels, a small embedding training, a small network and its scores.</summary>
internal sealed unsafe class ComputedDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Computes everything with the instruction sets that this process may use.</summary>
    public static string Compute()
    {
        using var digest = new ComputedDigest();
        digest.AddMath();
        digest.AddSimdMath();
        digest.AddVectorKernels();
        digest.AddColumnBlockKernels();
        digest.AddLinearAlgebra();
        digest.AddEmbeddings();
        digest.AddNetwork(second: 0);
        digest.AddNetwork(second: 32);
        digest.AddMethods();
        return Convert.ToHexStringLower(digest._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void AddMath()
    {
        foreach (double x in TestNumbers.Array(500, 1))
        {
            Add<double>([PortableMath.Exp(x * 700), PortableMath.Log(Math.Abs(x) * 1e10), PortableMath.Sigmoid(x * 30), PortableMath.Softplus(x * 30)]);
        }
    }

    private void AddSimdMath()
    {
        float[] scores = [.. TestNumbers.Array(512, 13).Select(x => x * 90)], probabilities = new float[512], softplus = new float[512];
        SimdMath.Logistic(scores, probabilities, softplus);
        Add<float>(probabilities);
        Add<float>(softplus);
    }

    private void AddVectorKernels()
    {
        using var matrix = TestNumbers.Matrix(24, 24, 2);
        float[] x = TestNumbers.Array(24, 3), y = TestNumbers.Array(24, 4);
        fixed (float* a = x, b = y)
        {
            Add<float>([VectorKernels.Dot(a, b, 24)]);
            VectorKernels.AddScaled(b, 0.3f, a, 24);
            VectorKernels.ScaleAdd(b, -0.7f, a, 24);
            VectorKernels.AddProduct(b, matrix.Pointer, a, 24);
            Add<float>(y);
        }
    }

    private void AddColumnBlockKernels()
    {
        float[] input = TestNumbers.Array(2 * 192, 5), weights = TestNumbers.Array(32 * 16, 6), bias = TestNumbers.Array(16, 7), output = new float[192];
        float[] product = new float[32 * 16], lanes = new float[16 * 24], sums = new float[24];
        fixed (float* x = input, w = weights, b = bias, y = output, p = product)
        {
            ColumnBlocks left = new(x, 192, 32), right = new(y, 192, 16);
            ColumnBlockKernels.Multiply(left, new ColumnBlocks(w, 512, 16), b, right, 12, ColumnBlockKernels.Finish.Relu);
            ColumnBlockKernels.AddTransposedProduct(left, right, 11, new ColumnBlocks(p, 512, 16));
        }

        AddUserLaneKernels(input[..(16 * 24)], weights[..256], bias, lanes, sums);

        Add<float>(output);
        Add<float>(product);
        Add<float>(lanes);
        Add<float>(sums);
    }

    /// <summary>Lane groups grow with the vector width, so only the users of the narrowest group are compared.</summary>
    private static void AddUserLaneKernels(float[] input, float[] weights, float[] bias, float[] lanes, float[] sums)
    {
        var users = UserLaneKernels.Lanes;
        float[] wide = new float[16 * users], outputs = new float[16 * users], dots = new float[users];
        for (var k = 0; k < 16; k++) input.AsSpan(k * 24, 24).CopyTo(wide.AsSpan(k * users));
        UserLaneKernels.Relu(wide, weights, bias, outputs);
        UserLaneKernels.AddDot(outputs, weights.AsSpan(0, 16), dots);
        for (var k = 0; k < 16; k++) outputs.AsSpan(k * users, 24).CopyTo(lanes.AsSpan(k * 24));
        dots.AsSpan(0, 24).CopyTo(sums);
    }

    private void AddLinearAlgebra()
    {
        using var matrix = TestNumbers.Matrix(700, 24, 8);
        var gram = GramMatrix.Of(matrix, 2);
        Add<double>(gram);
        Assert.True(Cholesky.Factor(gram, 24));
        var solution = Enumerable.Range(1, 24).Select(i => (double)i).ToArray();
        Cholesky.Solve(gram, 24, solution);
        Add<double>(solution);

        using var gradient = TestNumbers.Matrix(1, 24, 9);
        using var ridge = TestNumbers.Matrix(1, 24, 10);
        using var moments = new AlignedMatrix(2, 24);
        for (var step = 1; step < 5; step++) AdamKernel.Step(matrix.Pointer, gradient.Pointer, ridge.Pointer, moments.Pointer, 24, step, 0.01);
        Add<float>(matrix.Row(0));
    }

    private void AddEmbeddings()
    {
        // 64 has a dedicated kernel on machines with 512-bit vectors.
        foreach (var dimension in new[] { 24, 64 })
        {
            var options = new IalsOptions { Dimension = dimension, Iterations = 2, Threads = 2 };
            using var trained = IalsTrainer.Train(TestInteractions.Random(120, 30, 11), options);
            Add<float>(trained.Users.ToArray());
            Add<float>(trained.Items.ToArray());
        }
    }

    private void AddNetwork(int second)
    {
        var users = TestPopulation.Random(1_200, 8, 12);
        using var population = TestPopulation.Of(users, 2);
        var options = new MlpOptions
        {
            HiddenUnits = 16,
            SecondHiddenUnits = second,
            HiddenFrom = 0,
            HiddenRegularization = 0.1,
            RegularizationPerDimension = 0.1,
            Epochs = 6,
            Patience = 6,
            BatchSize = 64,
            LearningRate = 0.02,
        };
        var model = TestTraining.Train(
            population, users.Where(user => user.Embedding[0] * user.Embedding[1] > 0.15).Select(user => user.Id), options);
        Assert.Equal(16, model.Report["hidden_units"]);
        Add<float>(model.Scorer().Network.Parameters());
        foreach (var shard in population.Shards)
        {
            using var tile = new UserTile(8);
            tile.Load(shard, 0, shard.Count);
            var scores = new float[shard.Count];
            model.Scorer.Score(tile, scores);
            Add<float>(scores);
        }

        foreach (var user in users) Add<float>([model.Score(user)]);
    }

    private void AddMethods()
    {
        var users = TasteWorld.Users(240);
        string[] ids = [.. users.Select(user => user.Id)], seeds = TasteWorld.Seeds(users);
        using var population = TestPopulation.Of(users, 2);
        var match = SeedMatch.Of(TestPopulation.List("list", seeds), population);
        foreach (var method in MethodUnderTest.All.Values)
        {
            var model = method.Create().Train(match, [.. seeds.Select((_, i) => 1f + i % 3)], TestTraining.Context(population, poolLimit: 150));
            Add<float>(TasteWorld.Score(model.Scorer, population, ids));
        }
    }

    private void Add<T>(ReadOnlySpan<T> numbers) where T : unmanaged => _hash.AppendData(MemoryMarshal.AsBytes(numbers));
}
