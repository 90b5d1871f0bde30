"""The mock exam: `exams` lists them; before one begins comes `before`, then `screen`, then `result`."""
