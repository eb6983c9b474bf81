using Flatfile.Agent.Handlers.Rules.Expressions;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Blueprints;

/// <summary>Sheets out of JSON Schema and OpenAPI.</summary>
public sealed class SchemaTests
{
    private const string People =
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "People", "description": "Who is here.", "type": "object", "additionalProperties": true,
          "required": ["id", "name", "nick", "kind"],
          "properties": {
            "id": { "type": "integer", "minimum": 1, "exclusiveMaximum": 1000, "x-unique": true, "readOnly": true },
            "name": { "type": "string", "title": "Full name", "description": "First and last.", "minLength": 2, "maxLength": 40, "pattern": "^[^0-9]*$", "x-alternativeNames": ["Name of person"] },
            "nick": { "type": ["string", "null"], "default": "none" },
            "born": { "type": "string", "format": "date" },
            "seen": { "type": "string", "format": "date-time" },
            "kind": { "enum": ["staff", "guest"] },
            "size": { "anyOf": [{ "$ref": "#/$defs/size" }, { "type": "null" }] },
            "weight": { "type": "number", "multipleOf": 0.5 },
            "here": { "type": "boolean" },
            "tags": { "type": "array", "items": { "type": "string" } },
            "days": { "type": "array", "items": { "enum": ["mo", "tu"] } }
          },
          "$defs": { "size": { "type": "string", "enum": ["S", "M"] } }
        }
        """;

    [Fact]
    public void AJsonSchemaBecomesASheet()
    {
        var sheet = Assert.Single(BlueprintFrom.JsonSchema(People));

        Assert.Equal(("People", "Who is here.", true), (sheet.Name, sheet.Description, sheet.AllowAdditionalFields));
        Assert.Equal(
            ["id:number", "name:string", "nick:string", "born:date", "seen:string", "kind:enum", "size:enum", "weight:number", "here:boolean", "tags:string-list", "days:enum-list"],
            sheet.Fields.Select(f => $"{f.Key}:{f.Type}"));
        Assert.Equal(["id", "name", "kind"], sheet.Fields.Where(f => f.Constraints!.Any(c => c.Type == "required")).Select(f => f.Key));
        Assert.Equal(
            ["unique", "[id] % 1 = 0", "[id] >= 1", "[id] < 1000", "length([name]) >= 2", "length([name]) <= 40", "matches([name], '^[^0-9]*$')", "[weight] % 0.5 = 0"],
            sheet.Fields.SelectMany(f => f.Constraints!).Where(c => c.Type != "required").Select(c => c.Config?.More?["expression"].GetString() ?? c.Type));
        Assert.Equal(("Full name", "First and last.", "Name of person"), (sheet.Fields[1].Label, sheet.Fields[1].Description, Assert.Single(sheet.Fields[1].AlternativeNames!)));
        Assert.Equal("none", (string?)sheet.Fields[2].Metadata!["default"]);
        Assert.Equal(["S", "M"], sheet.Fields[6].Config!.Options!.Select(o => o.Value!.Value.GetString()));
        Assert.True(sheet.Fields[0].Readonly);
    }

    [Fact]
    public void EveryRuleOfItCanBeRead()
    {
        var sheet = BlueprintFrom.JsonSchema(People)[0];

        Assert.All(
            sheet.Fields.SelectMany(f => f.Constraints!).Where(c => c.Validator == "expression"),
            c => ExpressionParser.Parse(c.Config!.More!["expression"].GetString()!, new RuleFields(sheet.Fields)));
    }

    [Fact]
    public async Task TheServerTakesTheSheet()
    {
        await using var sheet = await HookedSheet.StartAsync(BlueprintFrom.JsonSchema(People)[0]);
        await sheet.InsertAsync(["1", "Ann", null, "2024-01-01", "x", "staff", "S", "1.5", "true", null, null], ["1.5", "A9", "Bo", null, null, "robot", null, "1.2", null, null, null]);

        await sheet.RunAsync();

        Assert.Equal(["", "A whole number is wanted."], await sheet.MessagesAsync("id"));
        Assert.Equal(["", "The value does not have the form ^[^0-9]*$"], await sheet.MessagesAsync("name"));
        Assert.Equal(["", "A multiple of 0.5."], await sheet.MessagesAsync("weight"));
    }

    [Fact]
    public void TheObjectsOfAnOpenApiDocumentBecomeSheets()
    {
        const string Document =
            """
            {"openapi":"3.0.3","components":{"schemas":{
              "Pet":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"age":{"type":"integer","nullable":true,"minimum":0,"exclusiveMinimum":true},"status":{"$ref":"#/components/schemas/Status"}}},
              "Status":{"type":"string","enum":["new","sold"]},
              "Order":{"type":"object","properties":{"id":{"type":"string"},"pet":{"$ref":"#/components/schemas/Pet"}}}}}}
            """;

        var pet = Assert.Single(BlueprintFrom.OpenApi(Document, "Pet"));

        Assert.Equal(["name:string", "age:number", "status:enum"], pet.Fields.Select(f => $"{f.Key}:{f.Type}"));
        Assert.Equal(["[age] % 1 = 0", "[age] > 0"], pet.Fields[1].Constraints!.Select(c => c.Config!.More!["expression"].GetString()));
        Assert.Equal(
            ["/components/schemas/Order/properties/pet: a value of type object cannot be a field of a sheet. Single values and lists of texts can; give an object a sheet of its own."],
            Assert.Throws<BlueprintException>(() => BlueprintFrom.OpenApi(Document)).Faults);
        Assert.Equal("There is no schema 'Cat' among components.schemas. There are: Pet, Status, Order.", Assert.Throws<BlueprintException>(() => BlueprintFrom.OpenApi(Document, "Cat")).Faults[0]);
    }

    [Theory]
    [InlineData("type: object", "The text is no JSON:")]
    [InlineData("[]", "The text is JSON but no object")]
    [InlineData("{}", "The schema describes no object")]
    [InlineData("""{"properties":{"a":{"type":"string","if":{}}}}""", "/properties/a: 'if' is not understood.")]
    [InlineData("""{"properties":{"a":{"$ref":"other.json"}}}""", "/properties/a: there is nothing at 'other.json' in this document.")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/a"}}}""", "/properties/a: its references lead in a circle.")]
    [InlineData("""{"properties":{"a":{"oneOf":[{"type":"string"},{"type":"number"}]}}}""", "/properties/a: a field cannot be one thing or another.")]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"type":"object"}}}}""", "/properties/a: a value of type array cannot be a field of a sheet.")]
    [InlineData("""{"properties":{"a":{"type":"string","pattern":"(?=x)"}}}""", "/properties/a/pattern:")]
    [InlineData("""{"properties":{"a":5}}""", "/properties/a: a schema is an object, not number.")]
    public void WhatIsNotUnderstoodIsToldWithItsPlace(string schema, string message) =>
        Assert.StartsWith(message, Assert.Throws<BlueprintException>(() => BlueprintFrom.JsonSchema(schema)).Faults[0], StringComparison.Ordinal);
}
