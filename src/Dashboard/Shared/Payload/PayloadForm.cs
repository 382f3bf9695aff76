namespace Dashboard.Shared.Payload;

public enum PayloadForm
{
    Text,
    Json,
    Hex,
    Base64,
    Number,
    Image,
}
