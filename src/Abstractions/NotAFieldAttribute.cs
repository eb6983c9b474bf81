namespace Flatfile.Agent;

/// <summary>Leaves a public property of a class with <see cref="SheetAttribute"/> out of the sheet.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAFieldAttribute : Attribute;
