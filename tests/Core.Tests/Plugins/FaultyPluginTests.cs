using Flatfile.Agent;
using Flatfile.Agent.Core.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Plugins;

/// <summary>What is wrong inside a plugin's classes is found while it is loaded, not by its first event.</summary>
public sealed class FaultyPluginTests
{
    private static readonly PluginStatus Fresh = new() { Name = "P", State = PluginState.Loaded };

    [Fact]
    public async Task AFilterThatIsNotJsonIsToldWithItsClass()
    {
        var reason = await ReasonAsync(typeof(Faulty.BadFilter));
        Assert.StartsWith("The filter of [On] on Core.Tests.Plugins.Faulty+BadFilter is not JSON: {sheetSlug: contacts} (", reason, StringComparison.Ordinal);
        Assert.EndsWith("Write it as an object, such as {\"sheetSlug\":\"contacts\"}.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATopicThatIsTooLongIsToldWithItsClass() =>
        Assert.StartsWith("Core.Tests.Plugins.Faulty+LongTopic: The topic glob 'xxxx", await ReasonAsync(typeof(Faulty.LongTopic)), StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(Faulty.LaneOfNothing), "'sheets' is no key of events. Write space, workbook, sheet, file, none, or a path into the event such as payload.customerId or context.documentId.")]
    [InlineData(typeof(Faulty.NoPlace), "The limit per sheet is 0. Make it 1 or more.")]
    [InlineData(typeof(Faulty.NoTime), "[Attempt(Timeout = \"soon\")] is no time. Write hours, minutes and seconds, such as 00:00:30.")]
    public async Task ARuleThatCannotBeIsToldWithItsClass(Type type, string reason) => Assert.Equal($"{type.FullName}: {reason}", await ReasonAsync(type));

    [Fact]
    public async Task ALimitThatStandsTwiceIsTold() => Assert.Equal(
        "Core.Tests.Plugins.Faulty+TwoLimits has [Limit] 2 times without a key. Leave one of them.", await ReasonAsync(typeof(Faulty.TwoLimits)));

    [Fact]
    public async Task ARuleOfACallbackThatCannotBeIsToldWithItsPlace() => Assert.EndsWith(
        "callback #0: The limit is -1. Make it 1 or more.", await ReasonAsync(typeof(Faulty.BadRule)), StringComparison.Ordinal);

    [Fact]
    public async Task AServiceThatTheHostDoesNotOfferIsNamed() => Assert.Equal(
        "The constructor of Core.Tests.Plugins.Faulty+NeedsAService needs System.Net.Http.HttpClient http, which nobody offers. "
        + "Take only services the host registers, or register your own in a class that is an IPluginServices.",
        await ReasonAsync(typeof(Faulty.NeedsAService)));

    [Fact]
    [Trait("Row", "F-22")]
    public async Task AStaticConstructorThatThrowsIsNamed() => Assert.Equal(
        "The static constructor of Core.Tests.Plugins.Faulty+StaticallyBroken throws: FormatException: The settings are garbled.",
        await ReasonAsync(typeof(Faulty.StaticallyBroken)));

    [Fact]
    public async Task AListenerThatThrowsInConfigureIsNamed() => Assert.Equal(
        "Core.Tests.Plugins.Faulty+ThrowsInConfigure.Configure throws: InvalidOperationException: Not today.",
        await ReasonAsync(typeof(Faulty.ThrowsInConfigure)));

    [Fact]
    public async Task AListenerThatThrowsInItsConstructorIsNamed() => Assert.Equal(
        "The constructor of Core.Tests.Plugins.Faulty+ThrowsAtBirth throws: InvalidOperationException: Not born.",
        await ReasonAsync(typeof(Faulty.ThrowsAtBirth)));

    [Fact]
    public async Task AJobHandlerBoundLikeAnEventHandlerIsToldHow() => Assert.Equal(
        "Core.Tests.Plugins.Faulty+JobWithOn is a job handler but has [On]. Bind it with [OnJob(\"type:operation\")].",
        await ReasonAsync(typeof(Faulty.JobWithOn)));

    [Fact]
    public async Task AllFaultsAreToldAtOnce()
    {
        var reason = await ReasonAsync(typeof(Faulty.JobWithOn), typeof(Faulty.NeedsAService), typeof(Faulty.ThrowsInConfigure));
        Assert.Contains("JobWithOn", reason, StringComparison.Ordinal);
        Assert.Contains("NeedsAService", reason, StringComparison.Ordinal);
        Assert.Contains("ThrowsInConfigure", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHandlerThatNothingBindsIsAWarningAndIsNotTried()
    {
        await using var host = new PluginHost(_ => { });
        var plugin = await ReadAsync(host, typeof(Faulty.Unbound));

        Assert.Equal(PluginState.Loaded, plugin.Status.State);
        Assert.Equal("Core.Tests.Plugins.Faulty+Unbound has no [On], so nothing ever reaches it.", plugin.Status.Warnings[0]);
    }

    [Fact]
    public async Task HandlersAreDisposedWithTheirScope()
    {
        var log = new DisposalLog();
        await using var host = new PluginHost(_ => { }, s => s.AddSingleton(log));
        var plugin = await ReadAsync(host, typeof(Faulty.Disposable));
        Assert.Equal(1, log.Count);

        await using (var scope = host.Services.CreateAsyncScope())
        {
            plugin.Bindings[0].CreateEventHandler(scope.ServiceProvider);
            Assert.Equal(1, log.Count);
        }

        Assert.Equal(2, log.Count);
    }

    [Fact]
    [Trait("Row", "F-25")]
    public async Task OfTwoHandlersWithOneIdTheSecondIsRefused()
    {
        await using var host = new PluginHost(_ => { });
        var first = await ReadAsync(host, typeof(Faulty.Named));
        var second = await new PluginReader(host.Services, Fresh with { Name = "Q" }, null).ReadAsync(typeof(Faulty).Assembly, t => t == typeof(Faulty.NamedToo));

        var catalog = CatalogAssembly.Assemble([first, second]);

        Assert.Equal("P", Assert.Single(catalog.Bindings).Plugin);
        Assert.Null(Assert.Single(catalog.Plugins[0].Handlers).Refused);
        Assert.Equal(
            "Its id 'one' is already taken by Core.Tests.Plugins.Faulty+Named of plugin P. Ids must be unique: change one of the two.",
            Assert.Single(catalog.Plugins[1].Handlers).Refused);
        Assert.Equal(PluginState.Loaded, catalog.Plugins[1].State);
    }

    private static async Task<string> ReasonAsync(params Type[] types)
    {
        await using var host = new PluginHost(_ => { });
        var plugin = await ReadAsync(host, types);
        Assert.Equal(PluginState.Refused, plugin.Status.State);
        Assert.Empty(plugin.Bindings);
        Assert.Empty(plugin.Types);
        return plugin.Status.Reason!;
    }

    private static Task<LoadedPlugin> ReadAsync(PluginHost host, params Type[] types) =>
        new PluginReader(host.Services, Fresh, null).ReadAsync(typeof(Faulty).Assembly, types.Contains);
}
