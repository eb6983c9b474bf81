using Flatfile.Api;
using Guides.Tests.Support;
using Onboarding;

namespace Guides.Tests.Readme;

/// <summary>The README's code is the code that is compiled and run here.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_snippet_is_the_one_that_is_compiled_here()
    {
        var root = Repository();
        var source = File.ReadAllText(Path.Combine(root, "tests", "Guides.Tests", "Readme", "Onboarding.cs"));
        var snippet = source.Split("// snippet\n")[1].Split("// end")[0];

        Assert.Contains("```csharp\n" + snippet + "```", File.ReadAllText(Path.Combine(root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_snippet_does_what_it_says_also_when_it_is_run_again()
    {
        await using var server = await GuideServer.StartAsync();
        using var killed = new CancellationTokenSource();
        var first = new CustomerOnboarding(server.Client).RunAsync(["Acme Corp", "Umbrella"], killed.Token);
        await using var stream = server.Client.Events.StreamAsync(new EventStreamQuery { LastEventId = "0", Topics = [Topics.SpaceConfigured] }).GetAsyncEnumerator();
        var spaces = new List<string>();
        while (spaces.Count < 2 && await stream.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)))
        {
            spaces.Add((string)stream.Current.Event.Context["spaceId"]!);
        }

        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var again = new CustomerOnboarding(server.Client).RunAsync(["Acme Corp", "Umbrella"], CancellationToken.None);
        foreach (var space in spaces)
        {
            await server.Client.Spaces.UpdateAsync(space, new SpaceConfig { Status = SpaceStatus.Completed });
        }

        var result = await again.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(result.IsCompleted);
        Assert.Equal(spaces.Order(), result.Spaces.Select(space => space.SpaceId).Order());
        Assert.Equal(["Acme Corp - Customer Import", "Umbrella - Customer Import"], result.Spaces.Select(space => space.Space!.Name));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Flatfile.Agent.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run below the repository.");
        }

        return folder;
    }
}
