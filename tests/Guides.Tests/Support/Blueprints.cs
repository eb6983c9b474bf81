using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Guides.Tests.Support;

/// <summary>The schemas the guide's snippets speak of.</summary>
internal static class Blueprints
{
    public static SheetConfig Customers { get; } = new()
    {
        Name = "Customers",
        Slug = "customers",
        Fields =
        [
            new Property { Key = "name", Type = PropertyType.String, Label = "Name" },
            new Property { Key = "email", Type = PropertyType.String, Label = "Email" },
        ],
    };

    public static SheetConfig Products { get; } = new()
    {
        Name = "Products",
        Slug = "products",
        Fields = [new Property { Key = "sku", Type = PropertyType.String, Label = "SKU" }, new Property { Key = "price", Type = PropertyType.Number }],
    };

    public static SheetConfig Categories { get; } = new()
    {
        Name = "Categories",
        Slug = "categories",
        Fields = [new Property { Key = "code", Type = PropertyType.String }],
    };

    public static WorkbookConfig CustomerWorkbook { get; } = new() { Name = "Customer Onboarding", Sheets = [Customers] };

    public static WorkbookConfig ProductWorkbook { get; } = new() { Name = "Product Catalog", Sheets = [Products, Categories] };

    /// <summary>The same as raw JSON.</summary>
    public static string Json(WorkbookConfig workbook) => System.Text.Json.JsonSerializer.Serialize(workbook, FlatfileJson.Default.WorkbookConfig);

    public static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();
}
