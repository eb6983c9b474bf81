using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Host.Reading;

/// <summary>Which file is read, how, and how it is shown.</summary>
/// <param name="File">As the person wrote it.</param>
/// <param name="Options">What is not found out.</param>
/// <param name="Form">How it is shown.</param>
internal sealed record ReadRequest(string File, ReadOptions Options, ReadForm Form);
