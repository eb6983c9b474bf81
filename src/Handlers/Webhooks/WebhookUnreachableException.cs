namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>A message was not taken in all attempts of this run; a later one may succeed.</summary>
internal sealed class WebhookUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
