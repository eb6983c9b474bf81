using Flatfile.Api;
using NpgsqlTypes;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>A field and the column it is written to.</summary>
/// <param name="Field">The field's key.</param>
/// <param name="Column">The column.</param>
/// <param name="Type">How its values travel.</param>
/// <param name="Staged">The type of its column in the staging table.</param>
/// <param name="Cast">The type it is read as from there; empty for its own.</param>
internal sealed record MappedField(Property Field, TargetColumn Column, NpgsqlDbType Type, string Staged, string Cast);
