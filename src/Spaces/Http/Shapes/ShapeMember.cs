namespace Flatfile.Spaces.Http.Shapes;

/// <summary>One member of a shape.</summary>
internal sealed record ShapeMember(string Name, ShapeType Type, bool Mandatory);
