namespace Dashboard.Shared.Payload;

public enum PayloadForm
{
    Text,
    Json,
    Hex,
}
