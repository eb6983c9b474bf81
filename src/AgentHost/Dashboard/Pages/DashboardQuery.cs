using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>Which part of each list is looked at: the number behind which it begins; null for its start. What cannot be read is the start.</summary>
internal sealed record DashboardQuery(long? Running, long? Waiting, long? Failed, long? Dead)
{
    public static DashboardQuery Of(HttpRequest request) => new(Number(request, "running"), Number(request, "waiting"), Number(request, "failed"), Number(request, "dead"));

    /// <summary>The query that shows one list further on and leaves the others where they are.</summary>
    public string With(string list, long? behind)
    {
        var query = new Dictionary<string, long?> { ["running"] = Running, ["waiting"] = Waiting, ["failed"] = Failed, ["dead"] = Dead };
        query[list] = behind;
        var written = query.Where(q => q.Value is not null).Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Key}={q.Value}"));
        return string.Join('&', written) is { Length: > 0 } text ? "?" + text : "?";
    }

    private static long? Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
