using Flatfile.Agent.Core.Plugins;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Core.Tests.Plugins.Services;

/// <summary>A plugin's own services beside the host's: which is taken from where, how long it lives, who else sees it.</summary>
public sealed class OwnServicesTests
{
    private static readonly PluginStatus Fresh = new() { Name = "P", State = PluginState.Loaded };

    [Fact]
    public async Task A_handler_takes_what_its_plugin_registers_and_what_the_host_has()
    {
        await using var host = Host();
        var plugin = await ReadAsync(host, typeof(Own.Services), typeof(Own.Handler));
        Assert.Null(plugin.Status.Reason);
        Own.Handler first, second;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            first = (Own.Handler)plugin.Bindings[0].CreateEventHandler(scope.ServiceProvider);
            second = (Own.Handler)plugin.Bindings[0].CreateEventHandler(scope.ServiceProvider);
            Assert.Same(first.Visit, second.Visit);
            Assert.Same(first.Scoped, scope.ServiceProvider.GetRequiredService<Own.ScopedThing>());
            using var inner = first.Scopes.CreateScope();
            Assert.NotSame(first.Visit, inner.ServiceProvider.GetRequiredService<Own.Visit>());
            Assert.NotSame(first.Scoped, inner.ServiceProvider.GetRequiredService<Own.ScopedThing>());
            Assert.Same(first.Store, inner.ServiceProvider.GetRequiredService<Own.Store>());
        }

        Assert.True(first.Visit.IsDisposed);
        Assert.Equal(("hi", "set", "https://hi.example/"), (first.Visit.Greeting, first.Named, first.Uri.AbsoluteUri));
        Assert.Same(host.Services.GetRequiredService<Own.HostThing>(), first.Visit.Host);
        Assert.NotSame(first.Store, first.Spare);
        await using var next = host.Services.CreateAsyncScope();
        var third = (Own.Handler)plugin.Bindings[0].CreateEventHandler(next.ServiceProvider);
        Assert.NotSame(first.Visit, third.Visit);
        Assert.Same(first.Store, third.Store);
    }

    [Fact]
    public async Task The_host_sees_none_of_it_and_keeps_its_own_when_the_plugin_ends()
    {
        await using var host = Host();
        var plugin = await ReadAsync(host, typeof(Own.Services), typeof(Own.Handler));
        var store = plugin.Live!.Services!.Root.GetRequiredService<Own.Store>();
        plugin.Live.Services.Root.GetRequiredService<Own.HostThing>();

        Assert.Null(host.Services.GetService<Own.Store>());
        Assert.Equal("unset", host.Services.GetRequiredService<IOptions<Own.Named>>().Value.Name);
        Assert.False(plugin.Live.RetireAsync().IsCompleted && plugin.Live.Uses > 0);
        await plugin.Live.LetGoAsync();

        Assert.Equal(1, store.Disposed);
        Assert.False(host.Services.GetRequiredService<Own.HostThing>().IsDisposed);
    }

    [Fact]
    public async Task What_nobody_registers_is_named_before_the_first_event()
    {
        await using var host = Host();
        var plugin = await ReadAsync(host, typeof(Own.Handler));

        Assert.StartsWith("The constructor of Core.Tests.Plugins.Services.Own+Handler needs Core.Tests.Plugins.Services.Own+Visit visit, ", plugin.Status.Reason, StringComparison.Ordinal);
        Assert.EndsWith("which nobody offers. Take only services the host registers, or register your own in a class that is an IPluginServices.", plugin.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_that_throws_or_needs_something_refuses_the_plugin()
    {
        await using var host = Host();

        Assert.Equal(
            "Core.Tests.Plugins.Services.Own+Throwing.ConfigureServices throws: FormatException: Not like this.",
            (await ReadAsync(host, typeof(Own.Throwing))).Status.Reason);
        Assert.Equal(
            "Core.Tests.Plugins.Services.Own+Choosy registers services and has no public constructor without parameters. Give it one.",
            (await ReadAsync(host, typeof(Own.Choosy))).Status.Reason);
    }

    [Fact]
    public async Task A_circle_and_a_service_kept_beyond_its_life_refuse_the_plugin_before_anything_is_made()
    {
        await using var host = Host();

        Assert.Equal(
            "Its services need each other in a circle: Core.Tests.Plugins.Services.Own+Hen → Core.Tests.Plugins.Services.Own+Egg → Core.Tests.Plugins.Services.Own+Hen. Break the circle.",
            (await ReadAsync(host, typeof(Own.Circular))).Status.Reason);
        Assert.Equal(
            "Core.Tests.Plugins.Services.Own+Keeper is registered as a singleton and needs Core.Tests.Plugins.Services.Own+ScopedThing, which lives only as long as one event or one run. Register Keeper as scoped.",
            (await ReadAsync(host, typeof(Own.Keeping))).Status.Reason);
    }

    [Fact]
    public async Task A_library_of_the_framework_may_be_added_and_is_set_up_by_the_plugin_alone()
    {
        await using var host = Host();
        var plugin = await ReadAsync(host, typeof(Own.WithHttp), typeof(Own.Caller));
        Assert.Null(plugin.Status.Reason);
        await using var scope = host.Services.CreateAsyncScope();

        Assert.Equal("https://own.example/", ((Own.Caller)plugin.Bindings[0].CreateEventHandler(scope.ServiceProvider)).Address?.AbsoluteUri);
        Assert.Null(host.Services.GetService<IHttpClientFactory>());
    }

    private static PluginHost Host() => new(_ => { }, s => s.AddOptions().AddSingleton<Own.HostThing>().AddScoped<Own.ScopedThing>());

    private static Task<LoadedPlugin> ReadAsync(PluginHost host, params Type[] types) => new PluginReader(
        host.Services, Fresh, null, new ConfigurationBuilder().AddInMemoryCollection([new("greeting", "hi"), new("name", "set")]).Build())
        .ReadAsync(typeof(Own).Assembly, types.Contains);
}
