using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Tests.Auth.Walk;

/// <summary>What an operation's request looks like beyond its path: where its place is named when the path does not.</summary>
internal sealed record WalkRecipe(string Query = "", string? Body = null, string Type = "application/json")
{
    /// <summary>It names no place: whoever may try it anywhere may do it.</summary>
    public bool Anywhere { get; init; }

    /// <summary>Names of ids that an allowed call uses up or spoils: made anew for each.</summary>
    public string[] UsesUp { get; init; } = [];

    /// <summary>The right it asks for in the space it names, where the table only asks who calls.</summary>
    public Right? AsIf { get; init; }

    /// <summary>What the 404 says that also who may gets: the thing itself is found, and has not what is asked for.</summary>
    public string? Lacks { get; init; }

    /// <summary>Answers while the line is held open; the head is enough.</summary>
    public bool HeadOnly { get; init; }
}
