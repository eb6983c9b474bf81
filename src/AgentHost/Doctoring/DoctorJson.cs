using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>The doctor's report as one JSON object.</summary>
internal static class DoctorJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(DoctorReport report) => new JsonObject
    {
        ["bad"] = report.Bad,
        ["warnings"] = report.Warnings,
        ["findings"] = new JsonArray([.. report.Subjects.SelectMany(s => s.Findings.Select(f => new JsonObject
        {
            ["subject"] = s.Subject, ["level"] = f.Level.ToString().ToLowerInvariant(), ["what"] = f.What, ["toDo"] = f.ToDo,
        }))]),
    }.ToJsonString(Indented);
}
