using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Agent.Host.Importing;

/// <summary>What became of one file. A number is null when the file did not get that far.</summary>
internal sealed record FileReport
{
    public required string File { get; init; }

    public string? FileId { get; init; }

    public string? WorkbookId { get; init; }

    public string? SheetId { get; init; }

    /// <summary>The slug of the sheet that took the rows.</summary>
    public string? Sheet { get; init; }

    public long? RowsRead { get; init; }

    public long? RowsWritten { get; init; }

    public long? RowsRefused { get; init; }

    /// <summary>Rows of the sheet without an error, those that were there before included.</summary>
    public long? Valid { get; init; }

    public long? WithErrors { get; init; }

    public double Seconds { get; init; }

    /// <summary>The last job of the file.</summary>
    public string? JobId { get; init; }

    public string? JobStatus { get; init; }

    /// <summary>False when no blueprint took the file and it became a sheet of its own.</summary>
    public bool? Claimed { get; init; }

    /// <summary>The first refused rows with their reasons.</summary>
    public JsonArray? Refused { get; init; }

    /// <summary>Columns of the file that the sheet has no field for.</summary>
    public JsonArray? Unmapped { get; init; }

    /// <summary>Why the file failed.</summary>
    public string? Error { get; init; }

    /// <summary>Something to know although the file did not fail.</summary>
    public string? Note { get; init; }

    [JsonIgnore]
    public string Name => Path.GetFileName(File);

    /// <summary>Every row that was read is either written or refused with a reason, and none was refused.</summary>
    [JsonIgnore]
    public bool IsWhole => Error is null && RowsRefused == 0 && RowsRead == RowsWritten;
}
