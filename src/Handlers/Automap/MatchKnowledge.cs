using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What is known beside the names when the columns of a file are matched with the fields of sheets.</summary>
internal sealed record MatchKnowledge
{
    /// <summary>Names only.</summary>
    public static MatchKnowledge None { get; } = new();

    /// <summary>What the values of the columns are, by the column's key.</summary>
    public IReadOnlyDictionary<string, TypedColumn> Profiles { get; init; } = new Dictionary<string, TypedColumn>();

    /// <summary>Values there are for a reference field, by the sheet it refers to and the field there; a sample when there are many.</summary>
    public IReadOnlyDictionary<(string Sheet, string Field), IReadOnlySet<string>> References { get; init; } = new Dictionary<(string, string), IReadOnlySet<string>>();

    /// <summary>Mappings a person accepted: by the sheet's slug and the column's normalised name the field's key.</summary>
    public IReadOnlyDictionary<(string Sheet, string Column), string> Learnt { get; init; } = new Dictionary<(string, string), string>();

    /// <summary>What the job's input says: by the column's name or key the field's key; an empty one keeps the column out.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>Only names that are the same, an alternative, learnt or given.</summary>
    public bool OnlyExact { get; init; }
}
