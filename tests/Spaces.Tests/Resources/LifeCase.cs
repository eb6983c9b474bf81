namespace Flatfile.Spaces.Tests.Resources;

/// <summary>One resource's life as a table row. Words in braces stand for ids the world of the test has.</summary>
public sealed record LifeCase(string Name, string Path, string New)
{
    /// <summary>How its ids begin; null where the path names it otherwise.</summary>
    public required string Prefix { get; init; }

    /// <summary>Beside the path where a list or a creation needs it: <c>?spaceId={space}</c>.</summary>
    public string Query { get; init; } = "";

    /// <summary>Where single ones are, when not below <see cref="Path"/>.</summary>
    public string? Item { get; init; }

    /// <summary>The member of the answer that stands in the path of a single one.</summary>
    public string Key { get; init; } = "id";

    public string Method { get; init; } = "PATCH";

    /// <summary>Added behind the path of a change.</summary>
    public string ChangePath { get; init; } = "";

    /// <summary>A change; <c>null</c> in it clears a member, or stays on a mandatory one.</summary>
    public required string Change { get; init; }

    /// <summary>Members and what they are after the change; null: gone.</summary>
    public required (string Member, string? Json)[] After { get; init; }

    /// <summary>A body with faults, and the keys of all of them.</summary>
    public required string Faulty { get; init; }

    public required string[] Faults { get; init; }

    /// <summary>Queries that find it, and queries that do not.</summary>
    public string[] Found { get; init; } = [];

    public string[] Missed { get; init; } = [];

    /// <summary>Answers of one stand at the top.</summary>
    public bool BareOne { get; init; }

    public bool BareList { get; init; }

    public bool Pages { get; init; }

    /// <summary>Topics raised by creation, change and deletion.</summary>
    public string[] Topics { get; init; } = [];

    /// <summary>The parameter of the query a single one is asked with.</summary>
    public string ItemQuery { get; init; } = "";

    public override string ToString() => Name;
}
