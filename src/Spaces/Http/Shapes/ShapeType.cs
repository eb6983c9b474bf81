using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>What a member of a body may be.</summary>
internal abstract record ShapeType
{
    /// <summary>How messages name it: <c>a text</c>, <c>one of: ready, active</c>.</summary>
    public abstract string Phrase { get; }

    /// <summary>Adds every fault of a value that is there.</summary>
    public abstract void Check(JsonNode value, string place, List<ApiFault> faults);

    /// <summary>Adds the fault of a value of another form.</summary>
    protected void Refuse(string place, List<ApiFault> faults) => faults.Add(new ApiFault(place, $"'{place}' must be {Phrase}."));
}
