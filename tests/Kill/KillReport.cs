using System.Text.Json.Serialization;

namespace Kill;

/// <summary>What came of a run, as one line of JSON.</summary>
internal sealed record KillReport
{
    public required string Engine { get; init; }

    public required int Seed { get; init; }

    public string? Fault { get; init; }

    public required int Kills { get; init; }

    /// <summary>Kills that met a job in hand.</summary>
    public required int KillsWithWork { get; init; }

    /// <summary>How often each named place was died at.</summary>
    public required IReadOnlyDictionary<string, int> Places { get; init; }

    public required int Pauses { get; init; }

    public required int Files { get; init; }

    public required long Rows { get; init; }

    public required int Jobs { get; init; }

    /// <summary>Runs that began after an earlier one of the same job had been cut off.</summary>
    public required int Resumed { get; init; }

    /// <summary>Calls refused because a newer run had begun, or the job had ended.</summary>
    public required int Refused { get; init; }

    /// <summary>From a death to the next call for the job that was in hand, in seconds: median, 99th percentile and longest.</summary>
    public required IReadOnlyList<double> Recovery { get; init; }

    public required double Seconds { get; init; }

    public required int ViolationCount { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KillReport))]
[JsonSerializable(typeof(DeployReport))]
[JsonSerializable(typeof(WaitingReport))]
internal sealed partial class KillJson : JsonSerializerContext;
