namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Decimal marks a number can be read with.</summary>
[Flags]
internal enum NumberMarks
{
    None = 0,
    Point = 1,
    Comma = 2,
    Either = Point | Comma,
}
