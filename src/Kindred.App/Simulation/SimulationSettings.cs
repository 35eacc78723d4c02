using System.Globalization;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>The settings that a simulated test's log is analysed by.</summary>
internal static class SimulationSettings
{
    public static string For(SimulatedTest test, SimulateExperimentRequest request, AdDelivery delivery) => $$"""
        # A simulated online test: kindred experiment analyze --settings {{SimulateExperiment.SettingsFile}}. What is true: {{SimulateExperiment.TruthFile}}.
        name: {{ExperimentComparisons.NameOf(request.Comparison)}}
        assignment:
          salt: {{test.Assignment.Salt}}
          arms: { {{string.Join(", ", test.Assignment.Arms.Select(arm => $"{arm.Name}: {arm.Weight}"))}} }
          control: {{test.ArmNames[0]}}
        log:
          files: {{SimulateExperiment.LogFile}}
          unit: user_id
          time: time
          arm: arm
          event: event
          exposure: exposure
        start: {{Time(delivery.Start)}}
        end: {{Time(delivery.End)}}
        pre_days: {{request.Delivery.PreDays}}
        metrics:
          - { preset: ads.users_with_impressions, role: primary }
          - { preset: ads.revenue, role: primary }
          - { preset: ads.hide_rate, role: guardrail, margin: 0.05 }
          - preset: ads
          - { name: purchases, of: mean:purchase }
        segments: [country]

        """.ReplaceLineEndings("\n");

    // Days are whole, so the time of day is always midnight.
    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
