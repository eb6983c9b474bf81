namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>A message cannot be sent, and sending it again would not help. The message says what is wrong and what to do.</summary>
internal sealed class WebhookRefusedException(string message, Exception? inner = null) : Exception(message, inner);
