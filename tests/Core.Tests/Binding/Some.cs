using System.Text;
using Flatfile.Agent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Core.Tests.Binding;

/// <summary>Events, and contexts of events, of which a test cares for one or two members.</summary>
internal static class Some
{
    public static FlatfileEvent Event(string topic, string payload = "{}", string context = "{}", string more = "") => FlatfileEvent.Parse(
        Encoding.UTF8.GetBytes($$"""{"id":"us_evt_1","topic":{{System.Text.Json.JsonSerializer.Serialize(topic)}},"context":{{context}},"payload":{{payload}}{{more}}}"""));

    public static FlatfileEvent JobReady(string job) => Event("job:ready", $$"""{"job":"{{job}}"}""");

    public static EventContext Context(FlatfileEvent @event) => new Bare(@event);

    private sealed class Bare(FlatfileEvent @event) : EventContext
    {
        public override FlatfileEvent Event => @event;

        public override int Attempt => 1;

        public override ILogger Logger => NullLogger.Instance;

        public override IEventRecords Records => throw new NotSupportedException("This test reads no rows.");
    }
}
