namespace Flatfile.Spaces.Records.Ffql;

/// <summary>A part of a parsed query that is true or false of a row.</summary>
internal abstract record FfqlNode;
