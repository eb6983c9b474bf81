namespace Flatfile.Api;

/// <summary>What an upload says about its file, besides the bytes.</summary>
public sealed record FileUpload
{
    /// <summary><c>import</c> (the server's default) or <c>export</c>.</summary>
    public string? Mode { get; init; }

    /// <summary><c>filesystem</c>, <c>googledrive</c>, <c>box</c>, <c>onedrive</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>Defaults to <c>application/octet-stream</c>; servers go by the name.</summary>
    public string? ContentType { get; init; }

    /// <summary>Told the bytes of the file sent so far; starts over when an attempt is repeated.</summary>
    public IProgress<long>? Progress { get; init; }
}
