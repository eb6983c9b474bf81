using System.Text;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The code page whose letters make words of the bytes.</summary>
/// <param name="Encoding">How to decode.</param>
/// <param name="Name">As a person knows it.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Evidence">Why, as a sentence.</param>
internal sealed record SniffedCodePage(Encoding Encoding, string Name, double Confidence, string Evidence);
