using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Usage;

/// <summary>The member <c>limits</c> of a space: checked, and kept where every change of the space finds it.</summary>
internal static class LimitSetting
{
    /// <summary>The member's name.</summary>
    public const string Member = "limits";

    /// <summary>Takes over what a client sent; null takes the space's own limits away.</summary>
    public static void Apply(SpaceWrite write, JsonObject given)
    {
        if (!given.TryGetPropertyValue(Member, out var node))
        {
            return;
        }

        var limits = Check(node);
        write.Limits.Changed();
        write.Connection.Execute("UPDATE limits SET most = NULL");
        foreach (var (name, most) in limits)
        {
            write.Connection.Execute(
                "INSERT INTO limits(name, most) VALUES ($name, $most) ON CONFLICT(name) DO UPDATE SET most = $most", ("$name", name), ("$most", most));
        }
    }

    private static Dictionary<string, long> Check(JsonNode? node)
    {
        var limits = new Dictionary<string, long>(StringComparer.Ordinal);
        if (node is not (null or JsonObject))
        {
            throw ApiRefusal.Bad(Member, "'limits' must be an object, or null.");
        }

        var faults = new List<ApiFault>();
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            var key = $"{Member}.{name}";
            if (LimitKind.All.All(kind => kind.Name != name))
            {
                faults.Add(new ApiFault(key, $"There is no limit '{name}'. Known: {string.Join(", ", LimitKind.All.Select(kind => kind.Name))}."));
            }
            else if (value is JsonValue number && number.TryGetValue<long>(out var most) && most >= 0)
            {
                limits[name] = most;
            }
            else if (value is not null)
            {
                faults.Add(new ApiFault(key, $"'{key}' must be a whole number from 0 on, or null."));
            }
        }

        return faults.Count > 0 ? throw new ApiRefusal(400, faults) : limits;
    }
}
