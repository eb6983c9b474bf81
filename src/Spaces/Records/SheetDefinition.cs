using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>What the record store must know of a sheet: its number (unique in the space, never reused, 1 to 65,535), slug and schema.</summary>
internal sealed record SheetDefinition(int Number, string Slug, SheetConfig Config);
