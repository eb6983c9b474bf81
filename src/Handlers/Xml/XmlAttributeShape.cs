namespace Flatfile.Agent.Handlers.Xml;

/// <summary>An attribute that elements of a shape have.</summary>
/// <param name="Name">Without namespace.</param>
/// <param name="Space">Its namespace; empty for most.</param>
/// <param name="Label">With its prefix where it has a namespace.</param>
/// <param name="FirstSeen">When it first appeared, among all shapes and attributes.</param>
internal sealed record XmlAttributeShape(string Name, string Space, string Label, int FirstSeen)
{
    public int Column { get; set; } = -1;
}
