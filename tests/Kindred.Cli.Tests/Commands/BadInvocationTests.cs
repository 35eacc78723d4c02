using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests wrong requests: the exit code, the message, and that nothing is left behind or changed.</summary>
public sealed class BadInvocationTests(BadInputs inputs) : IClassFixture<BadInputs>
{
    private const string Expand = "expand --population {population} --models {models} --out {out} --size ";
    private const string Train = "train --population {population} --out {out} --seeds ";
    private const string Embed = "embed --out {out} --dimension 16 --interactions ";
    private const string Evaluate = "evaluate --population {population} --seeds {seeds} ";
    private const string Reach = "reach --population {population} --seeds {seeds} ";
    private const string Inspect = "inspect --population {population} --seeds {seeds} ";
    private const string Compare = "compare --population {population} --seeds {seeds} --out {out} ";

    [Theory]
    // The command line itself.
    [InlineData("trian --population {population}", 2, "'trian'", "Did you mean", "train", "See `kindred --help`")]
    [InlineData("expand --models {models} --size 1% --out {out}", 2, "'--population' is required", "See `kindred expand --help`")]
    [InlineData("embed --out {out}", 2, "'--interactions' is required", "See `kindred embed --help`")]
    [InlineData("train --population {population} --seeds {seeds}", 2, "'--out' is required", "See `kindred train --help`")]
    [InlineData("evaluate --population {population}", 2, "'--seeds' is required")]
    [InlineData("expand --population {population} --models {models} --out {out}", 2, "'--size' is required")]
    [InlineData("expand --population {population} --size 1% --out {out}", 2, "--seeds FILE", "--models DIR")]
    [InlineData("expand --population {population} --models {models} --seeds {seeds} --size 1% --out {out}", 2, "Give either --seeds or --models")]
    [InlineData("generate --out {out} --sede 3", 2, "'--sede'", "Did you mean", "--seed", "See `kindred generate --help`")]
    [InlineData(Expand + "1% --bogus", 2, "no option '--bogus' of `kindred expand`", "See `kindred expand --help`")]
    [InlineData(Train + "{seeds} --sede 3", 2, "no option '--sede'", "Did you mean '--seed'", "See `kindred train --help`")]
    [InlineData(Train + "{seeds} --epochs many", 2, "--epochs is 'many'", "whole number", "as in 8")]
    [InlineData(Evaluate + "--output yaml", 2, "'yaml'", "json", "text")]
    [InlineData("runs shwo", 2, "no command 'shwo' of `kindred runs`", "Did you mean 'show'?", "See `kindred runs --help`")]
    [InlineData("runs show --stroe {out}", 2, "no option '--stroe' of `kindred runs show`", "'--store'", "See `kindred runs show --help`")]
    [InlineData("lookup u1 --stroe {out}", 2, "no option '--stroe' of `kindred lookup`", "'--store'")]
    [InlineData("embed {interactions} --out {out}", 2, "'{interactions}' is unexpected", "'--interactions' is required")]
    // Pipes.
    [InlineData("train --population - --seeds {seeds} --out {out}", 2, "--population is '-'", "a folder is needed", "./-")]
    [InlineData("train --population {population} --seeds {seeds} --out -", 2, "--out is '-'", "a folder is needed")]
    [InlineData("expand --population {population} --seeds - --exclude {few.csv} - --size 1% --out {out}", 2, "read only once", "--seeds and --exclude name it 2 times")]
    [InlineData("embed --interactions - - --out {out}", 2, "read only once", "--interactions name it 2 times")]
    [InlineData("import --embeddings - --out {out}", 2, "--embeddings is '-'", "read more than once")]
    [InlineData("import --embeddings {embedded.csv} --ids - --out {out}", 2, "--ids is '-'")]
    [InlineData("run -", 2, "<settings> is '-'", "a file is needed")]
    [InlineData("verify -", 2, "<FOLDER> is '-'", "a folder is needed")]
    [InlineData("forget - --store {out}", 2, "'-' is not a user id", "--users -")]
    [InlineData(Expand + "1% --out - --format parquet", 2, "expects a single argument")]
    [InlineData("expand --population {population} --models {models} --size 1% --out - --format parquet", 2, "--format has no effect", "CSV to standard output")]
    // Sizes.
    [InlineData(Expand + "0%", 2, "'0%'", "above 0 and up to 100", "--size 1%")]
    [InlineData(Expand + "101%", 2, "'101%'", "up to 100", "--size 50000")]
    [InlineData(Expand + "-5", 2, "'-5' is not an audience size", "--size 50000")]
    [InlineData(Expand + "abc", 2, "'abc' is not an audience size", "--size 1%")]
    [InlineData(Expand + "0", 2, "'0' is not an audience size")]
    [InlineData(Expand + "10 1%,nine", 2, "'nine'")]
    [InlineData(Expand + "50,000", 2, "'50,000'", "Write 50000 for one")]
    [InlineData(Expand + "1% --epochs 3", 2, "--epochs has no effect", "already trained", "Leave it out")]
    [InlineData("embed --update {population} --interactions {interactions} --out {out} --dimension 32", 2, "--dimension has no effect", "--update keeps", "Leave it out")]
    [InlineData(Expand + ",", 2, "No audience size", "--size 1%")]
    [InlineData(Expand + "1000000", 42, "'advertiser-01'", "1,000,000 users", "2,901 active users", "smaller --size")]
    [InlineData(Expand + "100%", 42, "size 100% is 2,901 users", "2,851 are left", "--include-seed")]
    [InlineData(Expand + "50 --exclude {everybody.csv}", 42, "size 50 is 50 users", "exclude fewer users")]
    [InlineData(Expand + "50 --include-seed --exclude {everybody.csv}", 42, "size 50 is 50 users", "after taking out the excluded ones")]
    [InlineData(Expand + "1% --country HUN", 42, "'HUN'", "DE, HU, RO", "leave --country out")]
    [InlineData(Evaluate + "--country hu", 42, "'hu'", "case-sensitive")]
    // Settings.
    [InlineData(Train + "{seeds} --method svm", 2, "'svm'", "mlp")]
    [InlineData(Train + "{seeds} --method random", 2, "'random'", "kindred evaluate")]
    [InlineData(Train + "{seeds} --method blend", 2, "'blend' has no score per user", "--method lsh", "kindred evaluate --method blend")]
    [InlineData(Train + "{seeds} --positive-prior 0.01", 2, "--positive-prior has no effect", "--loss nnpu", "Leave it out")]
    [InlineData(Train + "{seeds} --loss nnpu --positive-prior 2", 2, "--positive-prior is 2", "from 0 to 1")]
    [InlineData(Train + "{seeds} --loss nnpu --method linear", 2, "--loss has no effect", "'linear' has no such setting", "Leave it out")]
    [InlineData(Train + "{seeds} --loss nnpu --hidden-units 0", 2, "'nnpu' is a loss of the hidden layer", "Leave --loss out")]
    [InlineData(Train + "{seeds} --second-hidden-units 7", 2, "'second_hidden_units' is 7", "multiple of 16", "another number for --second-hidden-units")]
    [InlineData(Train + "{seeds} --method centroid --warm-start {models}", 2, "--warm-start has no effect", "'centroid'", "linear and mlp", "Leave it out")]
    [InlineData(Train + "{seeds} --warm-start {population}", 43, "{population}")]
    [InlineData(Train + "{seeds} --servable", 2, "--servable has no effect", "--method auto", "Leave it out")]
    [InlineData(Train + "{seeds} --method ridge --hidden-units 32", 2, "--hidden-units has no effect", "'ridge' has no such setting")]
    [InlineData(Train + "{seeds} --method auto --max-cost 0", 2, "--max-cost is 0", "above 0")]
    [InlineData("tune --population {population} --lists 3", 2, "--lists is 3", "from 10 to")]
    [InlineData("tune --population {population} --folds 1", 2, "--folds is 1", "from 2 to 20")]
    [InlineData("tune --population {models}", 43, "{models}", "kindred embed")]
    [InlineData("tune --population {out}", 42, "{out}")]
    [InlineData(Reach + "--method blend", 2, "without ranking them", "such as mlp")]
    [InlineData(Embed + "{interactions} --copies 0", 2, "--copies is 0", "from 1 to 8")]
    [InlineData("embed --out {out} --interactions {interactions} --dimension 20", 2, "--dimension is 20", "multiple of 8")]
    [InlineData("embed --out {out} --interactions {interactions} --dimension 8", 2, "--dimension is 8", "from 16 to 512")]
    [InlineData("embed --out {out} --interactions {interactions} --dimension 1024", 2, "--dimension is 1024", "from 16 to 512")]
    [InlineData(Embed + "{interactions} --threads 0", 2, "--threads is 0", "from 1 to 1,024", "Leave it out")]
    [InlineData(Embed + "{interactions} --active-days 0", 2, "--active-days is 0", "at least 1")]
    [InlineData(Embed + "{interactions} --shards -1", 2, "--shards is -1", "1,024")]
    [InlineData(Embed + "{interactions} --regularization NaN", 2, "--regularization", "NaN")]
    [InlineData(Train + "{seeds} --hidden-units 20", 2, "'hidden_units' is 20", "multiple of 16", "another number for --hidden-units")]
    [InlineData(Train + "{seeds} --hidden-units 0 --second-hidden-units 16", 2, "'second_hidden_units' is 16", "needs a first", "leave --second-hidden-units out")]
    [InlineData(Train + "{seeds} --learning-rate 0", 2, "--learning-rate is 0", "from 1E-06 to 1")]
    [InlineData(Train + "{seeds} --rate ctr", 2, "--rate names 'ctr'", "--weight-by")]
    [InlineData(Train + "{seeds} --weight-by ctr --rate ctr --count ctr", 2, "'ctr'", "both --rate and --count")]
    [InlineData(Evaluate + "--holdout-share 0.9", 42, "are not held out", "at least 25", "Hold fewer of them out")]
    [InlineData(Evaluate + "--repeats 0", 2, "--repeats is 0", "at least 1")]
    [InlineData(Evaluate + "--holdout-share 1", 2, "--holdout-share is 1", "between 0 and 1")]
    [InlineData(Evaluate + "--holdout {holdout.csv} --repeats 3", 2, "--repeats has no effect", "--holdout already defines the split", "Leave it out")]
    [InlineData("generate --users 10 --out {out}", 2, "--users is 10", "from 1,000 to")]
    [InlineData("generate --users 5000 --min-seeds 900 --max-seeds 100 --out {out}", 2, "900 users, more than the largest, which is to have 100", "Lower --min-seeds or raise --max-seeds")]
    [InlineData("demo --seed-lists 0 --out {out}", 2, "--seed-lists is 0", "from 1 to")]
    [InlineData(Reach + "--folds 1", 2, "--folds is 1", "from 2 to 20")]
    [InlineData(Reach + "--replace", 2, "--replace has no effect", "--out")]
    [InlineData(Reach + "--seed-list nobody", 42, "no seed list 'nobody'", "6 of {seeds}", "'advertiser-01'", "Leave --seed-list out")]
    [InlineData(Reach + "--minimum-seeds 200", 42, "too small", "at least 250 users", "--skip-small")]
    [InlineData(Inspect + "--minimum-count 9", 2, "--minimum-count is 9", "from 10 to")]
    [InlineData(Inspect + "--list-outliers", 2, "--list-outliers has no effect", "--out")]
    [InlineData(Inspect + "--method ridge", 2, "--method has no effect", "--reach")]
    [InlineData(Inspect + "--epochs 3", 2, "--epochs has no effect", "--reach")]
    [InlineData(Inspect + "--country HUN", 42, "'HUN'", "DE, HU, RO")]
    [InlineData(Inspect + "--items {customers.csv}", 42, "{customers.csv}", "'item_id'")]
    [InlineData(Inspect + "--items {actions.csv}", 42, "{actions.csv}", "neither a column 'name' nor a column 'topic'", "leave --items out")]
    // Outputs.
    [InlineData(Reach + "--out {existing}", 74, "{existing} exists already", "--replace")]
    [InlineData(Inspect + "--out {existing} --replace", 74, "'kindred-audiences'", "'kindred-inspection'", "another kind")]
    [InlineData(Inspect + "--out {file}", 74, "{file} is a file", "another --out")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {existing}", 74, "{existing} exists already", "--replace")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {foreign} --replace", 74, "{foreign}", "not written by Kindred")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {file}", 74, "{file} is a file", "another --out")]
    [InlineData("train --population {population} --seeds {seeds} --out {in-file}", 74, "{in-file} cannot be written", "Check that")]
    [InlineData("demo --users 3000 --seed-lists 4 --replace --out {foreign}", 74, "{foreign}", "not written by Kindred")]
    [InlineData("expand --population {population} --models {models} --size 101% --out {existing} --replace", 2, "101%")]
    [InlineData("expand --population {corrupt} --models {models} --size 1% --out {existing} --replace", 43, "{corrupt}/shard-00000/embeddings.npy")]
    [InlineData("expand --population {population} --models {models} --size 100% --out {missing-parent}", 42, "size 100%")]
    [InlineData("train --population {population} --seeds {seeds} --out {existing} --replace", 74, "'kindred-audiences'", "'kindred-models'", "another kind")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {visited} --replace", 74, "holds 'notes.txt'", "did not write")]
    // Folders.
    [InlineData("expand --population {missing} --models {models} --size 1% --out {out}", 42, "{missing}", "no such folder", "Check the path")]
    [InlineData("expand --population {models} --models {models} --size 1% --out {out}", 43, "'kindred-models'", "'kindred-population' is needed")]
    [InlineData("expand --population {population} --models {population} --size 1% --out {out}", 43, "'kindred-models' is needed", "kindred train")]
    [InlineData("train --population {corrupt} --seeds {seeds} --out {out}", 43, "{corrupt}/shard-00000/embeddings.npy", "kindred embed")]
    [InlineData("evaluate --population {lost} --seeds {seeds}", 43, "{lost}/shard-00000/activity.npy", "kindred embed")]
    [InlineData("evaluate --population {edited} --seeds {seeds}", 43, "{edited}/manifest.json", "kindred embed")]
    [InlineData("evaluate --population {newer} --seeds {seeds}", 43, "version 99", "reads 1 to 1", "Use the version of Kindred that wrote it")]
    [InlineData("expand --population {population} --models {cut-models} --size 1% --out {out}", 43, "{cut-models}/models.safetensors", "kindred train")]
    [InlineData("expand --population {other} --models {models} --size 1% --out {out}", 42, "{models}", "Train the models again")]
    [InlineData("train --population {asleep} --seeds {seeds} --out {out}", 42, "No user in the population is active", "'active'", "--active-days")]
    [InlineData("embed --update {models} --interactions {interactions} --out {out}", 43, "'kindred-models'", "'kindred-population' is needed")]
    [InlineData("embed --update {missing} --interactions {interactions} --users {users} --out {out}", 42, "{missing}", "no such folder")]
    [InlineData("expand --population {population} --models {german-models} --size 1% --out {out}", 42, "trained for DE", "--country DE")]
    [InlineData("expand --population {population} --models {german-models} --size 1% --country HU --out {out}", 42, "trained for DE", "for HU are meaningless")]
    [InlineData(Evaluate + "--holdout {holdout.csv} --holdout-share 0.2", 2, "--holdout-share has no effect")]
    [InlineData(Evaluate + "--part choose", 2, "--part has no effect", "--lists")]
    [InlineData(Train + "{seeds} --literal-weights", 2, "--literal-weights has no effect", "--weight-by")]
    [InlineData(Train + "{seeds} {few.csv} --country hu", 42, "Did you mean 'HU'?")]
    // Comparisons.
    [InlineData(Compare + "--methods mlp,svm", 2, "--methods", "'svm'", "Known methods are mlp, linear")]
    [InlineData(Compare + "--methods mlp", 2, "'mlp' alone", "kindred evaluate")]
    [InlineData(Compare + "--methods mlp,linear --baseline random", 2, "--baseline names 'random'", "Add it to --methods")]
    [InlineData(Compare + "--with-and-without-weights", 2, "--with-and-without-weights has no effect", "--weight-by")]
    [InlineData(Compare + "--methods ridge,random --epochs 3", 2, "--epochs has no effect", "none of the methods")]
    [InlineData(Compare + "--methods ridge,random --servable", 2, "--servable has no effect", "auto")]
    [InlineData(Compare + "--baseline svm", 2, "--baseline", "'svm'")]
    [InlineData(Compare + "--seed-sizes 50,many", 2, "'many'", "--seed-sizes 50,200,1000")]
    [InlineData(Compare + "--seed-sizes 5,50", 2, "number of seeds is 5", "at least 25", "--minimum-seeds")]
    [InlineData(Compare + "--seed-sizes 100000", 42, "number of seeds is 100,000", "smaller --seed-sizes, or larger lists")]
    [InlineData(Compare + "--holdout {holdout.csv} --repeats 3", 2, "--repeats has no effect")]
    [InlineData("import --embeddings {embedded.csv} --out {existing} --replace", 74, "'kindred-audiences'", "'kindred-population'", "another kind")]
    [InlineData("import --embeddings {population} --out {out}", 42, "{population}", "a folder")]
    [InlineData("compare --population {population} --seeds {seeds} --out {existing} --replace", 74, "'kindred-audiences'", "'kindred-comparison'")]
    // Inputs.
    [InlineData(Train + "{missing.csv}", 42, "{missing.csv}", "no such file", "Check the path")]
    [InlineData(Train + "{population}", 42, "{population}", "a folder")]
    [InlineData(Train + "{nothing.csv}", 42, "{nothing.csv}", "empty")]
    [InlineData(Train + "{header.csv}", 42, "{header.csv}", "line 2", "no rows")]
    [InlineData(Train + "{customers.csv}", 42, "{customers.csv}", "line 1", "'user_id'", "'customer', 'segment'")]
    [InlineData(Train + "{ragged.csv}", 42, "{ragged.csv}", "line 3", "3 values", "2 columns")]
    [InlineData(Train + "{few.csv}", 42, "'advertiser-01'", "24 users", "at least 25", "--minimum-seeds")]
    [InlineData(Train + "{strangers.csv}", 42, "None of the 300 seeds", "{strangers.csv}", "looks like", "look like e-mail addresses", "replace each with that user's id")]
    [InlineData(Train + "{seeds} --weight-by revenue", 42, "{seeds}", "'revenue'", "'impressions'")]
    [InlineData(Train + "{metrics.csv} --weight-by spend", 42, "{metrics.csv}", "line 9, column 'spend'", "'-3' is negative", "0 or more")]
    [InlineData(Train + "{metrics.csv} --weight-by visits,name", 42, "{metrics.csv}", "line 13, column 'name'", "'lots' is not a number")]
    [InlineData(Train + "{truncated.csv.gz}", 42, "{truncated.csv.gz}")]
    [InlineData(Evaluate + "--holdout {holdout.csv}", 42, "'advertiser-02'", "{holdout.csv}", "leave --holdout out")]
    [InlineData(Evaluate + "--holdout {holdout-strangers.csv}", 42, "None of the 6 seed lists has a held-out user", "'advertiser-01'", "must be in the seed file")]
    [InlineData(Evaluate + "--lists {parts.csv}", 42, "{parts.csv}", "1 seed lists as 'report'", "6 lists", "--part")]
    [InlineData(Evaluate + "--lists {customers.csv}", 42, "{customers.csv}", "'seed_list_id'")]
    [InlineData(Expand + "1% --exclude {customers.csv}", 42, "{customers.csv}", "'user_id'")]
    [InlineData(Embed + "{customers.csv}", 42, "{customers.csv}", "line 1", "'user_id'")]
    [InlineData(Embed + "{weights.csv}", 42, "{weights.csv}", "line 3, column 'weight'", "'heavy'")]
    [InlineData(Embed + "{unloved.csv}", 42, "weight")]
    [InlineData(Embed + "{actions.csv} --users {twice.csv}", 42, "{twice.csv}", "line 3", "'u1'")]
    [InlineData("embed --update {population} --interactions {weights.csv} --users {users} --out {out}", 42, "{weights.csv}", "line 3")]
    public void A_wrong_request_gets_a_problem_and_a_remedy_and_changes_nothing(string command, int code, params string[] says)
    {
        var before = inputs.Before();
        var run = Invocation.Of(inputs.Arguments(command));
        Assert.True(run.Code == code, $"Exit code {run.Code}, not {code}:\n{run.Error}");
        Assert.All(says, text => Assert.Contains(inputs.Replace(text), run.Error, StringComparison.Ordinal));
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, FolderContents.Of(inputs.Scratch));
    }

    [Theory]
    [InlineData("demo --users 3000 --seed-lists 4 --out {out}", "1/5")]
    [InlineData("demo --users 3000 --seed-lists 4 --out {out}", "2/5")]
    [InlineData("demo --users 3000 --seed-lists 4 --out {out}", "3/5")]
    [InlineData("demo --users 3000 --seed-lists 4 --out {out}", "4/5")]
    [InlineData("demo --users 3000 --seed-lists 4 --out {out}", "5/5")]
    [InlineData("embed --interactions {interactions} --out {out}", "Read 79,989 rows")]
    [InlineData("embed --interactions {interactions} --update {population} --out {out}", "users are new")]
    [InlineData("train --population {population} --seeds {seeds} --out {out}", "Training needs")]
    [InlineData("expand --population {population} --seeds {seeds} --size 1% --out {existing} --replace", "Training needs")]
    [InlineData("evaluate --population {population} --seeds {seeds}", "6 seed lists")]
    [InlineData("tune --population {population}", "Tuning needs")]
    [InlineData("evaluate --population {population} --seeds {seeds} --method auto", "Tuning needs")]
    [InlineData("reach --population {population} --seeds {seeds} --out {out}", "6 seed lists")]
    [InlineData("inspect --population {population} --seeds {seeds} --out {out}", "6 seed lists")]
    [InlineData("compare --population {population} --seeds {seeds} --out {out}", "6 seed lists")]
    public void A_stopped_command_says_so_and_changes_nothing(string command, string at)
    {
        var before = inputs.Before();
        var run = Invocation.StoppedAt(at, inputs.Arguments(command));
        Assert.Equal((ExitCode.Cancelled, true), (run.Code, run.Error.EndsWith($"Stopped; nothing was written.{Environment.NewLine}", StringComparison.Ordinal)));
        Assert.Equal("", run.Output);
        Assert.Equal(before, FolderContents.Of(inputs.Scratch));
    }

    [Fact]
    public void A_full_standard_output_is_an_output_error()
    {
        using var error = new StringWriter();
        using var full = new FullWriter();
        var code = CommandLine.Run(inputs.Arguments(Evaluate + "--method random --output json"), full, error, CancellationToken.None);
        Assert.Equal(ExitCode.Output, code);
        Assert.Contains("the result cannot be written: No space left on device. Check", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate --users 3000 --out {out}")]
    [InlineData("embed --interactions {interactions} --out {out}")]
    [InlineData("train --population {population} --seeds {seeds} --out {out}")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {out}")]
    [InlineData("evaluate --population {population} --seeds {seeds}")]
    [InlineData("tune --population {population}")]
    [InlineData("reach --population {population} --seeds {seeds} --out {out}")]
    [InlineData("inspect --population {population} --seeds {seeds} --out {out}")]
    [InlineData("compare --population {population} --seeds {seeds} --out {out}")]
    [InlineData("demo --out {out}")]
    [InlineData("import --embeddings {embedded.csv} --out {out}")]
    [InlineData("verify {population}")]
    public void A_command_that_is_stopped_before_its_start_does_nothing(string command)
    {
        var before = inputs.Before();
        Assert.Equal(ExitCode.Cancelled, Invocation.Of(new CancellationToken(true), inputs.Arguments(command)).Code);
        Assert.Equal(before, FolderContents.Of(inputs.Scratch));
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => Write(value);
    }
}
