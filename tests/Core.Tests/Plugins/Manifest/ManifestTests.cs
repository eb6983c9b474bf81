using System.Text;
using Flatfile.Agent.Core.Plugins.Manifest;
using Microsoft.Extensions.Configuration;

namespace Core.Tests.Plugins.Manifest;

/// <summary>What a plugin may say of itself, and how a fault in it is told.</summary>
public sealed class ManifestTests
{
    private const string Schema = """
        {
          "name": "Invoices",
          "settings": {
            "type": "object",
            "required": ["endpoint", "apiKey"],
            "properties": {
              "endpoint": { "type": "string", "pattern": "^https://", "description": "Where invoices go." },
              "apiKey": { "type": "string", "description": "The key" },
              "pages": { "type": "integer", "minimum": 1, "maximum": 50, "default": 10 },
              "rate": { "type": "number", "minimum": 0.5 },
              "dryRun": { "type": "boolean", "default": true },
              "mode": { "type": "string", "enum": ["fast", "safe"] },
              "tags": { "type": "array", "items": { "type": "string", "pattern": "^[a-z]+$" } },
              "mail": { "type": "object", "required": ["to"], "properties": { "to": { "type": "string" }, "port": { "type": "integer", "default": 25 } } }
            }
          }
        }
        """;

    [Fact]
    public void Everything_may_be_said_and_what_is_not_known_is_a_warning()
    {
        var manifest = Read("""
            {
              "name": "Invoices", "version": "2.1.0-beta", "contract": ">=0.1 <0.3",
              "description": "Sends invoices.",
              "author": "Ada",
              "settings": { "type": "object", "properties": { "a": { "type": "string", "format": "uri" } } }
            }
            """);

        Assert.Equal(("Invoices", "2.1.0-beta", "Sends invoices."), (manifest.Name, manifest.Version, manifest.Description));
        Assert.Equal(
            [
                "plugin.json, line 4: 'author' is not known and has no effect. Known: name, version, contract, description, settings.",
                "plugin.json, line 5: 'format' in 'settings.a' is not known and has no effect.",
            ],
            manifest.Warnings);
    }

    [Theory]
    [InlineData("{\n\"name\": 5 }", "plugin.json, line 2: 'name' must be a text of 1 to 500 characters.")]
    [InlineData("[]", "plugin.json, line 1: it is not an object. Write { \"name\": …, \"version\": … }.")]
    [InlineData("{ \"name\": \"a\",\n\n\"name\": \"b\" }", "plugin.json, line 3: 'name' stands there twice. Delete one of the two.")]
    [InlineData("{\n\"contract\": \">=0.1,<2\" }", "plugin.json, line 2: 'contract': '>=0.1,<2' is no condition on a version. Write a range such as \">=0.1 <0.3\": >=, >, <=, < or = and one to four numbers, divided by blanks.")]
    [InlineData("{ \"settings\": {\n\"type\": \"array\" } }", "plugin.json, line 2: the type of 'settings' must be \"object\".")]
    [InlineData("{ \"settings\": { \"properties\": {\n \"a\": {\n \"type\": \"text\" } } } }", "plugin.json, line 3: the type of 'settings.a' is 'text'. Write one of string, integer, number, boolean, array, object.")]
    [InlineData("{ \"settings\": { \"properties\": {\n \"a\": { } } } }", "plugin.json, line 2: the type of 'settings.a' is missing. Write one of string, integer, number, boolean, array, object.")]
    [InlineData("{ \"settings\": { \"properties\": {\n \"a\": { \"type\": \"string\", \"required\": true } } } }", "plugin.json, line 2: 'required' stands beside 'properties', as a list of names: \"required\": [\"a\"].")]
    [InlineData("{ \"settings\": { \"required\": [\n\"b\"], \"properties\": { \"a\": { \"type\": \"string\" } } } }", "plugin.json, line 2: 'settings.required' names 'b', which is not among its properties.")]
    [InlineData("{ \"settings\": { \"properties\": { \"a\": { \"type\": \"integer\",\n\"default\": 1.5 } } } }", "plugin.json, line 2: the default of 'settings.a' must be a whole number.")]
    [InlineData("{ \"settings\": { \"properties\": { \"a\": { \"type\": \"string\", \"enum\":\n[] } } } }", "plugin.json, line 2: 'settings.a.enum' is empty, so no value could ever be right.")]
    public void A_fault_is_told_with_its_line(string json, string reason) =>
        Assert.Equal(reason, Assert.Throws<ManifestException>(() => Read(json)).Message);

    [Fact]
    public void What_is_no_json_and_a_pattern_that_could_take_for_ever_are_told_with_their_line()
    {
        Assert.StartsWith("plugin.json, line 2: it is not JSON: ", Assert.Throws<ManifestException>(() => Read("{\n\"name\": Invoices }")).Message, StringComparison.Ordinal);
        Assert.StartsWith("plugin.json, line 1: it is not JSON: ", Assert.Throws<ManifestException>(() => Read("")).Message, StringComparison.Ordinal);
        var pattern = Assert.Throws<ManifestException>(() => Read("""{ "settings": { "properties": { "a": { "type": "string", "pattern": "(?=a)\\1" } } } }""")).Message;
        Assert.StartsWith("plugin.json, line 1: 'settings.a.pattern' cannot be used: ", pattern, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">=0.1 <0.3", "0.1", true)]
    [InlineData(">=0.1 <0.3", "0.2.99.1", true)]
    [InlineData(">=0.1 <0.3", "0.3", false)]
    [InlineData(">=0.1 <0.3", "0.0.9", false)]
    [InlineData(">0.1", "0.1.0.0", false)]
    [InlineData("<=1.2", "1.2.0", true)]
    [InlineData("=1", "1.0", true)]
    [InlineData("=1", "1.0.1", false)]
    public void A_range_holds_what_it_says(string range, string version, bool holds) =>
        Assert.Equal(holds, ContractRange.Parse(range).Includes(Version.Parse(version)));

    [Fact]
    public void Right_settings_are_completed_with_defaults()
    {
        var check = Check(("endpoint", "https://invoices.example"), ("apiKey", "s3cret"), ("tags:0", "blue"), ("mail:to", "ada@example.com"));

        Assert.Empty(check.Faults);
        Assert.Empty(check.Warnings);
        Assert.Equal(("10", "true", "25", "s3cret"), (check.Settings["pages"], check.Settings["DryRun"], check.Settings["mail:port"], check.Settings["apiKey"]));
        Assert.Null(check.Settings["mode"]);
    }

    [Fact]
    public void All_faults_are_told_at_once_and_no_value_is_repeated()
    {
        var check = Check(
            ("endpoint", "http://s3cret.example"), ("pages", "51"), ("rate", "s3cret"), ("dryRun", "yes s3cret"), ("mode", "s3cret"), ("tags:0", "S3CRET"), ("mail:port", "s3cret"), ("typo", "s3cret"));

        Assert.Equal(
            [
                "Agent:Plugins:Invoices:endpoint must fit the pattern ^https://.",
                "Agent:Plugins:Invoices:apiKey is not set. Set it: The key.",
                "Agent:Plugins:Invoices:pages must be at most 50.",
                "Agent:Plugins:Invoices:rate must be a number.",
                "Agent:Plugins:Invoices:dryRun must be true or false.",
                "Agent:Plugins:Invoices:mode must be one of fast, safe.",
                "Agent:Plugins:Invoices:tags:0 must fit the pattern ^[a-z]+$.",
                "Agent:Plugins:Invoices:mail:to is not set. Set it.",
                "Agent:Plugins:Invoices:mail:port must be a whole number.",
            ],
            check.Faults);
        Assert.Equal("Agent:Plugins:Invoices:typo is set, but the plugin has no such setting. It has endpoint, apiKey, pages, rate, dryRun, mode, tags, mail.", Assert.Single(check.Warnings));
        Assert.DoesNotContain(check.Faults, f => f.Contains("s3cret", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_setting_that_is_not_listed_is_a_fault_where_the_plugin_says_so()
    {
        var schema = Read("""{ "settings": { "additionalProperties": false, "properties": {} } }""").Settings;
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("typo", "1")]).Build();

        Assert.Equal("P:typo is set, but the plugin has no such setting. It has none.", Assert.Single(SettingsCheck.Run(schema, section, "P").Faults));
    }

    private static PluginManifest Read(string json) => ManifestReader.Read(Encoding.UTF8.GetBytes(json));

    private static SettingsCheck Check(params (string Key, string Value)[] values) => SettingsCheck.Run(
        Read(Schema).Settings,
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => new KeyValuePair<string, string?>(v.Key, v.Value))).Build(),
        "Agent:Plugins:Invoices");
}
