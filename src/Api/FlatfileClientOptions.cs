namespace Flatfile.Api;

/// <summary>Where a <see cref="FlatfileClient"/> asks, as whom, and how patient it is.</summary>
public sealed class FlatfileClientOptions
{
    /// <summary>With or without <c>/v1</c> and a closing slash; all forms end at <c>…/v1/…</c>.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.x.flatfile.com/v1");

    /// <summary>Secret key or token, sent as bearer; null sends none.</summary>
    public string? Token { get; set; }

    /// <summary>Used by calls that need an environment and are not given one.</summary>
    public string? EnvironmentId { get; set; }

    /// <summary>How long one attempt may take. Uploads and downloads count from their last byte.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after the first one; made on 408, 429, 5xx and connection faults.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>A longer <c>Retry-After</c> is shortened to this.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Rows are sent compressed; null for everywhere but to a server on this machine, where packing costs more than it saves.</summary>
    public bool? CompressRows { get; set; }

    /// <summary>The longest JSON an answer may have, in bytes after unpacking; longer is a bad answer. What is read as a stream has no limit.</summary>
    public long MaxAnswerBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Clock of waits and limits.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
