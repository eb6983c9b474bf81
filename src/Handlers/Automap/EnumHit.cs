using System.Text.Json;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>The option that a value of a file means.</summary>
/// <param name="Value">What is written.</param>
/// <param name="Text">The same as text.</param>
/// <param name="IsSame">The file has the very value of the option.</param>
/// <param name="Reason">Why it is this option, as the end of a sentence.</param>
internal sealed record EnumHit(JsonElement Value, string Text, bool IsSame, string Reason);
