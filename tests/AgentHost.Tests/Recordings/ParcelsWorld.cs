using System.Text.Json;
using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Recordings;

/// <summary>A served folder with the plugin Shipping, whose hook cannot read one row of a sheet of parcels.</summary>
internal static class ParcelsWorld
{
    /// <summary>Settings under which a failing event is given up soon.</summary>
    public static (string Name, string Value)[] Settings(TemporaryFolder folder) =>
    [
        ("Agent__PluginFolders__0", folder["plugins"]), ("Agent__Events__MaxAttempts", "2"), ("Agent__Events__FirstDelay", "00:00:00.010"), ("NO_COLOR", "1"),
    ];

    /// <summary>Lays a build of the plugin where the host looks for it: <c>Shipping</c> fails, <c>ShippingFixed</c> does not.</summary>
    public static string Install(string build, string pluginsFolder)
    {
        var target = Directory.CreateDirectory(Path.Combine(pluginsFolder, "Shipping")).FullName;
        File.Copy(Repository.Path("artifacts", "test-plugins", build, "Shipping.dll"), Path.Combine(target, "Shipping.dll"), overwrite: true);
        return pluginsFolder;
    }

    /// <summary>Makes the sheet and its rows; the commit of the rows is what the hook fails on. Answers the sheet.</summary>
    public static async Task<Sheet> AddParcelsAsync(FlatfileClient client, params string[] kilograms)
    {
        var space = await client.Spaces.CreateAsync(new SpaceConfig { Name = "Parcels" });
        var workbook = await client.Workbooks.CreateAsync(new WorkbookConfig
        {
            Name = "Parcels",
            SpaceId = space.Id,
            Sheets =
            [
                new SheetConfig
                {
                    Name = "Parcels", Slug = "parcels",
                    Fields = [new Property { Key = "kilograms", Type = "string" }, new Property { Key = "grams", Type = "string" }],
                },
            ],
        });
        var sheet = workbook.Sheets![0];
        await client.Records.InsertAsync(sheet.Id, writer => Write(writer, kilograms), new RequestOptions { ForceHooks = true });
        return sheet;
    }

    private static void Write(Utf8JsonWriter writer, string[] kilograms)
    {
        writer.WriteStartArray();
        foreach (var value in kilograms)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("kilograms");
            writer.WriteString("value", value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
