namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>A column of a table in the database.</summary>
/// <param name="Name">As the database has it.</param>
/// <param name="Type">Its type without length, such as <c>numeric</c> or <c>character varying</c>.</param>
/// <param name="Written">Its type as the database writes it, such as <c>numeric(10,2)</c>.</param>
/// <param name="Scale">Digits behind the point that it keeps; null when it keeps all, or is no <c>numeric</c>.</param>
/// <param name="Length">Characters that it holds; null when it holds any number, or is no text.</param>
/// <param name="IsEnum">A type of listed values.</param>
/// <param name="MayBeNull">A row may leave it empty.</param>
/// <param name="HasDefault">A row may leave it out.</param>
/// <param name="IsComputed">No row may give it.</param>
internal sealed record TargetColumn(string Name, string Type, string Written, int? Scale, int? Length, bool IsEnum, bool MayBeNull, bool HasDefault, bool IsComputed);
