namespace Flatfile.Agent.Core.Recording;

/// <summary>A call's address as a recording names it: from <c>v1/</c> on, without host and without secrets.</summary>
internal static class RecordedPath
{
    public static string Of(Uri address)
    {
        var path = address.PathAndQuery;
        var api = path.IndexOf("/v1/", StringComparison.Ordinal);
        return SecretMask.Path(path[(api < 0 ? 1 : api + 1)..]);
    }
}
