namespace Flatfile.Spaces.Records.Ffql;

/// <summary>Whether a cell, or without a field the row, has messages of a level: <c>error</c>, <c>warn</c>, <c>info</c>; <c>valid</c> is no error.</summary>
internal sealed record FfqlStatus(FfqlToken? Field, string Level) : FfqlNode;
