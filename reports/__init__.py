"""WHAT WE SAY: reports for a viewer and a day; pure. The page, the text, the JSON and the API are views of them."""
