using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Guides;

/// <summary>A page of the documentation of the handlers: its examples and the options it lists.</summary>
internal sealed partial class GuidePage
{
    private readonly string _text;

    public GuidePage(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Flatfile.Agent.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        _text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "handlers", name));
    }

    /// <summary>The first example, as JSON.</summary>
    public JsonObject Example()
    {
        var text = Fence().Match(_text).Groups[1].Value;
        return JsonNode.Parse(text.TrimStart().StartsWith('{') ? text : "{" + text + "}")!.AsObject();
    }

    /// <summary>The first example as the settings of the handlers.</summary>
    public IConfiguration Settings() => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Example()["Agent"]!["Plugins"]!["Flatfile.Agent.Handlers"]!.ToJsonString()))).AddInMemoryCollection().Build();

    /// <summary>The names in the first column of the tables.</summary>
    public IReadOnlyList<string> Options() => [.. Row().Matches(_text).SelectMany(m => Name().Matches(m.Groups[1].Value)).Select(m => m.Groups[1].Value).Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| (`[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();
}
