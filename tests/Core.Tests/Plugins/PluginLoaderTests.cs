using System.Security.Cryptography;
using Core.Tests.Binding;
using Flatfile.Agent;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Plugins;

public sealed class PluginLoaderTests : IDisposable
{
    private readonly PluginsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AGoodPluginIsLoadedWithAllItBrings()
    {
        var dll = Path.Combine(_folder.Add("Good"), "Good.dll");
        await using var host = PluginHost.Over(_folder);

        var catalog = await host.LoadAsync();

        var status = Assert.Single(catalog.Plugins);
        Assert.Equal(PluginState.Loaded, status.State);
        Assert.Null(status.Reason);
        Assert.Empty(status.Warnings);
        Assert.Equal("0.1.0.0", status.Version);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(dll))), status.Sha256);
        Assert.Equal(
            ["Good/Good.CountRows", "good-greeter", "Good/Good.Listening#0", "Good/Good.Listening#0.0"], status.Handlers.Select(h => h.Id));
        Assert.Equal(
            ["recurring work good-nightly (0 3 * * * UTC)", "blueprint Good.ContactsBlueprint", "record hook Good.UpperCaseNames", "listener Good.Listening"], status.Contributions);
        Assert.Same(catalog, host.Source.Current);
    }

    [Fact]
    public async Task AHandlerTheSettingsSwitchOffIsSeenButGetsNothing()
    {
        _folder.Add("Good");
        await using var host = new PluginHost(o =>
        {
            o.Folders.Add(_folder.Path);
            o.HandlersOff.Add("Good/*");
            o.HandlersOff.Add("good-stranger");
        });

        var catalog = await host.LoadAsync();

        Assert.Equal(
            ["Good/Good.CountRows", "Good/Good.Listening#0", "Good/Good.Listening#0.0"],
            Assert.Single(catalog.Plugins).Handlers.Where(h => h.SwitchedOff).Select(h => h.Id));
        Assert.Equal(["good-greeter"], catalog.Bindings.Select(b => b.HandlerId));
        Assert.Single(catalog.Hints, h => h.Contains("'good-stranger'"));
        Assert.DoesNotContain(catalog.Hints, h => h.Contains("'Good/*'"));
    }

    [Fact]
    public async Task AHandlerIsMadeWithTheHostsServicesAndItsOwnLibrary()
    {
        _folder.Add("Good");
        await using var host = PluginHost.Over(_folder);
        var catalog = await host.LoadAsync();
        await using var scope = host.Services.CreateAsyncScope();

        var binding = Assert.Single(catalog.Match(Some.Event("space:created", context: """{"spaceId":"us_sp_1"}""")), b => b.HandlerId == "good-greeter");
        var handler = binding.CreateEventHandler(scope.ServiceProvider);

        Assert.NotSame(handler, binding.CreateEventHandler(scope.ServiceProvider));
        await handler.HandleAsync(Some.Context(Some.Event("space:created")), CancellationToken.None);
    }

    [Fact]
    public async Task ContributionsAreMadeOncePerScope()
    {
        _folder.Add("Good");
        await using var host = PluginHost.Over(_folder);
        await host.LoadAsync();
        await using var scope = host.Services.CreateAsyncScope();

        var blueprints = scope.ServiceProvider.GetRequiredService<IContributions<SpaceBlueprint>>();
        var hooks = scope.ServiceProvider.GetRequiredService<IContributions<RecordHook>>();

        Assert.Equal(["Good.ContactsBlueprint"], blueprints.All.Select(b => b.GetType().FullName));
        Assert.Equal(["contacts"], hooks.All.Select(h => h.SheetSlug));
        Assert.Same(hooks.All, hooks.All);
    }

    [Fact]
    public async Task AnAssemblyOfTheHostIsAPluginBeforeThoseOfTheFolders()
    {
        _folder.Add("Good");
        await using var host = new PluginHost(o =>
        {
            o.Folders.Add(_folder.Path);
            o.BuiltIn.Add(("Shipped", typeof(SpaceBlueprint).Assembly));
        });

        var catalog = await host.LoadAsync();

        Assert.Null(catalog.Plugins[0].Reason);
        Assert.Equal(["Shipped", "Good"], catalog.Plugins.Select(p => p.Name));
        Assert.Equal("It has no handlers: no class of it is an IEventHandler, IJobHandler, IRecurringHandler, IPlugin, RecordHook, SpaceBlueprint or IAccessHandler.", Assert.Single(catalog.Plugins[0].Warnings));
    }

    [Fact]
    [Trait("Row", "F-22")]
    public async Task TheOthersRunBesideEveryBadOne()
    {
        _folder.Add("Good");
        _folder.Add("ThrowsInConstructor");
        _folder.Add("OtherVersion");
        _folder.Add("ZeroBytes", []);
        await using var host = PluginHost.Over(_folder);

        var catalog = await host.LoadAsync();

        Assert.Equal(
            [("Good", PluginState.Loaded), ("OtherVersion", PluginState.Refused), ("ThrowsInConstructor", PluginState.Refused), ("ZeroBytes", PluginState.Refused)],
            catalog.Plugins.Select(p => (p.Name, p.State)));
        Assert.Equal(4, catalog.Bindings.Count);
        Assert.All(catalog.Bindings, b => Assert.Equal("Good", b.Plugin));
    }

    [Fact]
    [Trait("Row", "F-26")]
    public async Task AFolderThatIsNotThereHoldsNoPlugins()
    {
        await using var host = new PluginHost(o => o.Folders.Add(Path.Combine(_folder.Path, "none")));

        Assert.Empty((await host.LoadAsync()).Plugins);
    }

    [Fact]
    [Trait("Row", "F-25")]
    public async Task TwoPluginsWithOneTypeNameOneIdAndTwoEditionsOfALibraryEachHaveTheirOwn()
    {
        _folder.Add("ClashOne");
        _folder.Add("ClashTwo");
        var told = new List<string>();
        await using var host = new PluginHost(o => o.Folders.Add(_folder.Path), s => s.AddSingleton<Action<string>>(told.Add));
        var catalog = await host.LoadAsync();
        await using var scope = host.Services.CreateAsyncScope();

        var @event = Some.Event("space:updated");
        foreach (var binding in catalog.Match(@event))
        {
            await binding.CreateEventHandler(scope.ServiceProvider).HandleAsync(Some.Context(@event), CancellationToken.None);
        }

        Assert.Equal(["edition 1", "edition 2"], told);
        Assert.Equal(["clash", "ClashOne/Clash.Reader", "ClashTwo/Clash.Reader"], catalog.Bindings.Select(b => b.HandlerId));
        Assert.Equal("ClashOne", catalog.Find("clash")!.Plugin);
        Assert.Equal(
            "Its id 'clash' is already taken by Clash.Named of plugin ClashOne. Ids must be unique: change one of the two.",
            catalog.Plugins[1].Handlers.Single(h => h.Id == "clash").Refused);
    }

    [Fact]
    [Trait("Row", "F-25")]
    public async Task TwoFoldersWithAPluginOfOneNameGiveTheFirstAndARefusal()
    {
        using var second = new PluginsFolder();
        _folder.Add("Good");
        second.Add("Good");
        await using var host = new PluginHost(o =>
        {
            o.Folders.Add(_folder.Path);
            o.Folders.Add(second.Path);
        });

        var plugins = (await host.LoadAsync()).Plugins;

        Assert.Equal(PluginState.Loaded, plugins[0].State);
        Assert.Equal("Another plugin is already named Good. Rename this one's folder and assembly.", plugins[1].Reason);
    }

    [Fact]
    public async Task LoadingAgainReplacesTheCatalogueAndLeavesTheOldOneWhole()
    {
        _folder.Add("Good");
        await using var host = PluginHost.Over(_folder);
        var before = await host.LoadAsync();
        Directory.Delete(Path.Combine(_folder.Path, "Good"), recursive: true);

        var after = await host.LoadAsync();

        Assert.Empty(after.Bindings);
        Assert.Same(after, host.Source.Current);
        await using var scope = host.Services.CreateAsyncScope();
        var handler = before.Find("good-greeter")!.CreateEventHandler(scope.ServiceProvider);
        Assert.Equal("Greeter", handler.GetType().Name);
    }

    [Fact]
    public async Task APluginsFolderMayBeOverwrittenWhileItRuns()
    {
        var folder = _folder.Add("Good");
        await using var host = PluginHost.Over(_folder);
        var catalog = await host.LoadAsync();

        await File.WriteAllBytesAsync(Path.Combine(folder, "Good.dll"), []);

        await using var scope = host.Services.CreateAsyncScope();
        Assert.NotNull(catalog.Find("Good/Good.CountRows")!.CreateJobHandler(scope.ServiceProvider));
        Assert.Equal(PluginState.Refused, Assert.Single((await host.LoadAsync()).Plugins).State);
    }
}
