using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Events;

/// <summary>
/// What an event somebody raises may lead its listeners to. They read, and write, with a key of their own that often opens far more than its
/// sender may: an event must not turn that key on another server, nor on another space.
/// </summary>
internal static partial class EventReferences
{
    private const int LongestUrl = 16 * 1024;

    /// <summary>What is wrong with the <c>dataUrl</c> of a body; null when nothing is.</summary>
    public static ApiFault? Fault(JsonObject given) =>
        given["dataUrl"] is null || (given.Text("dataUrl") is { Length: <= LongestUrl } url && (url.Length == 0 || DataUrl().IsMatch(url)) && !Uri.UnescapeDataString(url).Contains("..", StringComparison.Ordinal))
            ? null
            : new ApiFault("dataUrl", "'dataUrl' is a path of this API without its address, such as v1/sheets/us_sh_.../records?commitId=us_vr_...");

    /// <summary>404 for an id, in context or <c>dataUrl</c>, of anything outside the event's space.</summary>
    public static void Stay(JsonObject given, long space)
    {
        foreach (var text in new[] { given["context"]?.ToJsonString(), given.Text("dataUrl") is { } url ? Uri.UnescapeDataString(url) : null }.OfType<string>())
        {
            foreach (Match match in Id().Matches(text))
            {
                if (IdCipher.TryRead(match.Groups[1].ValueSpan, out var owner, out _) && owner != space)
                {
                    throw ApiRefusal.NotFound("resource", match.Value);
                }
            }
        }
    }

    [GeneratedRegex(@"\A/?(v1|v2-alpha)/[A-Za-z0-9_.~!$&'()*+,;=:@%/?\-]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex DataUrl();

    // The kinds whose ids carry their space.
    [GeneratedRegex("us_(?:sp|wb|sh|fl|dc|jb|vr|ss|vi)_([0-9A-Za-z]{8})(?![0-9A-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
