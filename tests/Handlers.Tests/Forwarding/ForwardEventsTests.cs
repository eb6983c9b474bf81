using Flatfile.Agent.Handlers.Forwarding;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Forwarding;

/// <summary>Events forwarded to a real HTTP server.</summary>
public sealed class ForwardEventsTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task AnEventIsForwardedAsItCameUnderItsOwnIdAndWithoutKeys()
    {
        var @event = FlatfileEvent.Parse("""
            {"id":"us_evt_7","topic":"job:ready","domain":"job","context":{"spaceId":"us_sp_1"},"payload":{"n":1.10},"_accessToken":"sk_secret","_apiUrl":"https://api"}
            """u8.ToArray());

        await ForwardAsync(@event);

        var message = Assert.Single(_receiver.Messages);
        Assert.True(message.IsSigned);
        Assert.Equal("us_evt_7", message.Id);
        Assert.Equal("""{"id":"us_evt_7","topic":"job:ready","domain":"job","context":{"spaceId":"us_sp_1"},"payload":{"n":1.10}}""", message.Body.ToJsonString());
    }

    [Fact]
    public async Task WhatTheReceiverDoesNotTakeIsTheEventsFailure()
    {
        _receiver.Answer = (_, response) => WebhookReceiver.Status(response, 503);
        var @event = Events.Of("job:ready", new { });

        await Assert.ThrowsAsync<WebhookUnreachableException>(() => ForwardAsync(@event));

        Assert.Equal(3, _receiver.Messages.Count);
        _receiver.Answer = (_, response) => WebhookReceiver.Status(response, 400);
        await Assert.ThrowsAsync<WebhookRefusedException>(() => ForwardAsync(@event));
        _receiver.Answer = (_, _) => Task.CompletedTask;
        await ForwardAsync(@event);
        Assert.Equal("us_evt_1", Assert.Single(_receiver.Messages.Select(m => m.Id).Distinct()));
    }

    [Fact]
    public void ChosenTopicsAreBoundAndWithoutOneNothingIs()
    {
        Assert.Empty(Bound().Entries);
        var entry = Assert.Single(Bound(("Forward:Topics:0", "job:*"), ("Forward:Topics:1", "space:**")).Entries);
        Assert.Equal(["job:*", "space:**"], entry.Topics);
        Assert.Equal("flatfile/webhook-forwarder", entry.Id);
    }

    [Fact]
    public async Task AnAddressInsideIsRefused()
    {
        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(() => ForwardAsync(Events.Of("job:ready", new { }), ("Forward:PrivateHosts:0", "elsewhere")));

        Assert.Contains("not one of the public internet", fault.Message);
    }

    private static FlatfileListener Bound(params (string Key, string Value)[] settings)
    {
        var listener = new FlatfileListener();
        using var plugin = new ForwardEvents(Settings(settings), TimeProvider.System);
        plugin.Configure(listener);
        return listener;
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }

    private async Task ForwardAsync(FlatfileEvent @event, params (string Key, string Value)[] more)
    {
        var settings = Settings([
            ("Forward:Topics:0", "**"), ("Forward:Url", _receiver.Address.AbsoluteUri), ("Forward:Secret", WebhookReceiver.Secret), ("Forward:PrivateHosts:0", "127.0.0.1"), .. more]);
        using var plugin = new ForwardEvents(settings, new SkippedWaits());
        var listener = new FlatfileListener();
        plugin.Configure(listener);
        await listener.Entries[0].Callback(new TestEventContext(@event), CancellationToken.None);
    }
}
