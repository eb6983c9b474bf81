using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>What the members of a body are. Members it does not name are kept and not looked at.</summary>
internal sealed record Shape(string Name, IReadOnlyList<ShapeMember> Members) : ShapeType
{
    /// <summary>More are not told: who gets a hundred of them looks at the first.</summary>
    public const int MostFaults = 100;

    /// <inheritdoc />
    public override string Phrase => "an object";

    /// <summary>Members that must be given.</summary>
    public IReadOnlySet<string> Mandatory { get; } =
        Members.Where(member => member.Mandatory).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>400 with all faults of a body, or nothing. A partial body may leave out what is mandatory: it is stored already.</summary>
    public void Require(JsonObject given, bool partial = false)
    {
        var faults = new List<ApiFault>();
        Check(given, "", partial, faults);
        Throw(faults);
    }

    /// <summary>400 with all faults of all bodies of a list, or nothing.</summary>
    public void Require(JsonArray given, bool partial = false)
    {
        var faults = new List<ApiFault>();
        for (var i = 0; i < given.Count && faults.Count < MostFaults; i++)
        {
            if (given[i] is JsonObject one)
            {
                Check(one, $"[{i}].", partial, faults);
            }
            else
            {
                faults.Add(new ApiFault($"[{i}]", $"'[{i}]' must be an object."));
            }
        }

        Throw(faults);
    }

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults)
    {
        if (value is JsonObject given)
        {
            Check(given, place + ".", partial: false, faults);
        }
        else
        {
            Refuse(place, faults);
        }
    }

    private static void Throw(List<ApiFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, [.. faults.Take(MostFaults)]);
        }
    }

    private void Check(JsonObject given, string place, bool partial, List<ApiFault> faults)
    {
        foreach (var member in Members)
        {
            if (given[member.Name] is { } value)
            {
                member.Type.Check(value, place + member.Name, faults);
            }
            else if (member.Mandatory && !partial)
            {
                faults.Add(new ApiFault(place + member.Name, $"'{place}{member.Name}' is missing: it is {member.Type.Phrase}."));
            }
        }
    }
}
