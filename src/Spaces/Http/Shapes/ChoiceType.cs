using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>One of a few words.</summary>
internal sealed record ChoiceType(IReadOnlyList<string> Words) : ShapeType
{
    /// <inheritdoc />
    public override string Phrase => Words.Count == 1 ? $"'{Words[0]}'" : $"one of: {string.Join(", ", Words)}";

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var word) || !Words.Contains(word))
        {
            Refuse(place, faults);
        }
    }
}
