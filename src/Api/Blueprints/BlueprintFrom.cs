namespace Flatfile.Api;

/// <summary>Sheets out of descriptions of data that exist already.</summary>
public static class BlueprintFrom
{
    /// <summary>
    /// A JSON Schema: its object is one sheet, or each object among its <c>$defs</c> is one. Understood are the types of single values and of lists of
    /// texts, <c>enum</c>, <c>format: date</c>, <c>required</c>, bounds, lengths, <c>pattern</c>, <c>default</c>, <c>title</c>, <c>description</c>,
    /// <c>readOnly</c>, local <c>$ref</c>, and <c>x-unique</c> and <c>x-alternativeNames</c>. Objects within objects are not: a sheet is flat.
    /// </summary>
    /// <param name="text">The schema, as JSON.</param>
    /// <param name="name">What the sheet is called; null for the schema's title.</param>
    /// <exception cref="BlueprintException">Something in it is not understood; each fault with its JSON pointer.</exception>
    public static IReadOnlyList<SheetConfig> JsonSchema(string text, string? name = null) => new JsonSchemaReader().ReadSchema(text, name);

    /// <summary>An OpenAPI document, as JSON: each object among <c>components.schemas</c> is a sheet.</summary>
    /// <param name="text">The document.</param>
    /// <param name="schemas">Only these; empty for all that are objects.</param>
    /// <exception cref="BlueprintException">Something in it is not understood; each fault with its JSON pointer.</exception>
    public static IReadOnlyList<SheetConfig> OpenApi(string text, params string[] schemas) => new JsonSchemaReader().ReadOpenApi(text, schemas);

    /// <summary>
    /// SQL as PostgreSQL, SQL Server, MySQL or SQLite write it: each <c>CREATE TABLE</c> is a sheet, with what <c>ALTER TABLE … ADD</c>,
    /// <c>CREATE UNIQUE INDEX</c> and <c>COMMENT ON</c> say of it. Other statements are passed over.
    /// </summary>
    /// <param name="text">The statements.</param>
    /// <exception cref="BlueprintException">Something in them is not understood; each fault with its line.</exception>
    public static IReadOnlyList<SheetConfig> SqlDdl(string text) => new SqlDdlReader(text).Read();
}
