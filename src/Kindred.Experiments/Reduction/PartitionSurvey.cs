namespace Kindred.Experiments.Reduction;

/// <summary>Surveys one partition after the other, for one thread.</summary>
internal sealed class PartitionSurvey(ReductionPlan plan)
{
    private readonly UnitReader _reader = new(plan);
    private readonly UnitNumbers _numbers = new(plan, new ProblemCounts(plan.Arms.Count));

    public Survey Run(ulong[] records, int count)
    {
        var survey = new Survey(plan);
        _reader.Read(records, count, decision => Add(survey, decision.Arm));
        return survey;
    }

    private void Add(Survey survey, int arm)
    {
        _numbers.Clear();
        var records = _reader.Records;
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] == RecordUse.During) _numbers.AddDuring(records[i]);
        }

        for (var metric = 0; metric < plan.Metrics.Count; metric++)
        {
            var which = plan.Metrics[metric];
            if (which.IsQuantile) AddRows(survey, metric, arm);
            else if (which.Metric.CapQuantile is not null) survey.AddValue(metric, _numbers.During[which.Numerator]);
            if (which.Covariate >= 0 && _reader.Covariates[metric] is var covariate && !double.IsNaN(covariate))
            {
                survey.AddCovariate(metric, covariate);
            }
        }
    }

    private void AddRows(Survey survey, int metric, int arm)
    {
        var (records, quantity) = (_reader.Records, plan.Metrics[metric].Numerator);
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] == RecordUse.During && plan.Quantities[quantity].Reads(RecordLayout.Kind(records[i]))
                && _numbers.TryRead(records[i], quantity, out var value)) survey.AddRow(metric, arm, value);
        }
    }
}
