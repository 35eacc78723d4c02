using System.Text.Json.Nodes;
using Kindred.App.Experiments;

namespace Kindred.Reports.Experiment;

/// <summary>Assigned units as JSON.</summary>
public static class AssignJson
{
    /// <summary>The number of units in each arm, and the test of the sample ratio.</summary>
    public static JsonObject Of(AssignedUnits result) => new()
    {
        ["arms"] = new JsonArray([.. result.Assignment.Arms.Select((arm, i) => new JsonObject
        {
            ["arm"] = arm.Name,
            ["weight"] = arm.Weight,
            ["units"] = result.Units[i],
            ["expected"] = result.Ratio is { } ratio ? JsonText.Number(ratio.Expected[i]) : null,
        })]),
        ["outside"] = result.Outside,
        ["sample_ratio"] = result.Ratio is not { } test ? null : new JsonObject
        {
            ["chi_square"] = JsonText.Number(test.ChiSquare),
            ["p_value"] = test.PValue,
            ["alarm_below"] = result.Alarm,
            ["fits"] = result.Fits,
        },
    };
}
